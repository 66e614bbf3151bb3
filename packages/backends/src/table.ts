/** Where a program runs. */
export type Host = "node" | "page";

interface Row {
  /** As `Backend.id` says it. */
  readonly id: string;
  /** The library and what it computes with, for readers. */
  readonly title: string;
  /** Where its module can be imported. */
  readonly hosts: readonly Host[];
  readonly device: "cpu" | "gpu";
  /** What runs the kernels: a JavaScript engine, WebAssembly, a native library by its name, or a GPU's interface. */
  readonly runtime: string;
  /** What a program imports: a module that satisfies `BackendModule`. */
  readonly module: string;
}

/** Every backend of this repository, the oracle first. */
export const backends = [
  {
    id: "reference",
    title: "JavaScript, float64: the oracle",
    hosts: ["node", "page"],
    device: "cpu",
    runtime: "JavaScript",
    module: "@isoconv/backend-reference",
  },
  {
    id: "onnx-node",
    title: "ONNX Runtime, native CPU",
    hosts: ["node"],
    device: "cpu",
    runtime: "ONNX Runtime",
    module: "@isoconv/backend-onnx/node",
  },
  {
    id: "onnx-wasm",
    title: "ONNX Runtime, WebAssembly with SIMD and threads",
    hosts: ["node", "page"],
    device: "cpu",
    runtime: "WebAssembly",
    module: "@isoconv/backend-onnx/wasm",
  },
  {
    id: "onnx-node-webgpu",
    title: "ONNX Runtime, WebGPU",
    hosts: ["node"],
    device: "gpu",
    runtime: "WebGPU",
    module: "@isoconv/backend-onnx/node-webgpu",
  },
  {
    id: "onnx-webgpu",
    title: "ONNX Runtime, WebGPU",
    hosts: ["page"],
    device: "gpu",
    runtime: "WebGPU",
    module: "@isoconv/backend-onnx/webgpu",
  },
  {
    id: "onnx-webnn",
    title: "ONNX Runtime, WebNN",
    hosts: ["page"],
    device: "gpu",
    runtime: "WebNN",
    module: "@isoconv/backend-onnx/webnn",
  },
  {
    id: "onnx-cuda",
    title: "ONNX Runtime, CUDA 12 on Linux",
    hosts: ["node"],
    device: "gpu",
    runtime: "CUDA",
    module: "@isoconv/backend-onnx/cuda",
  },
  {
    id: "tfjs-cpu",
    title: "TensorFlow.js, JavaScript",
    hosts: ["node", "page"],
    device: "cpu",
    runtime: "JavaScript",
    module: "@isoconv/backend-tfjs/cpu",
  },
  {
    id: "tfjs-wasm",
    title: "TensorFlow.js, WebAssembly with SIMD and threads",
    hosts: ["node", "page"],
    device: "cpu",
    runtime: "WebAssembly",
    module: "@isoconv/backend-tfjs/wasm",
  },
  {
    id: "tfjs-webgl",
    title: "TensorFlow.js, WebGL",
    hosts: ["page"],
    device: "gpu",
    runtime: "WebGL",
    module: "@isoconv/backend-tfjs/webgl",
  },
  {
    id: "tfjs-webgpu",
    title: "TensorFlow.js, WebGPU; in Node by Dawn",
    hosts: ["node", "page"],
    device: "gpu",
    runtime: "WebGPU",
    module: "@isoconv/backend-tfjs/webgpu",
  },
  {
    id: "tfjs-node",
    title: "TensorFlow's C library",
    hosts: ["node"],
    device: "cpu",
    runtime: "TensorFlow",
    module: "@isoconv/backend-tfjs/node",
  },
  {
    id: "tfjs-cuda",
    title: "TensorFlow's C library, CUDA 11 on Linux",
    hosts: ["node"],
    device: "gpu",
    runtime: "CUDA",
    module: "@isoconv/backend-tfjs/cuda",
  },
] as const satisfies readonly Row[];

export type BackendRow = (typeof backends)[number];
export type BackendId = BackendRow["id"];

/** The rows of one host. */
export type BackendRowOn<H extends Host, R extends BackendRow = BackendRow> = R extends BackendRow
  ? H extends R["hosts"][number]
    ? R
    : never
  : never;

/** The ids of one host. */
export type BackendIdOn<H extends Host> = BackendRowOn<H>["id"];

/** The backends that a host can import, in the table's order. */
export function backendsOn<H extends Host>(host: H): readonly BackendRowOn<H>[] {
  const rows: readonly BackendRow[] = backends.filter(({ hosts }) => hosts.some((each) => each === host));
  return rows as readonly BackendRowOn<H>[];
}

/** Whether `npm install` is all it needs: no GPU, and no library that is downloaded by an install script. */
export function runsAnywhere({ device, runtime }: BackendRow): boolean {
  return device === "cpu" && runtime !== "TensorFlow";
}

/** Whether only its own hardware will do: of GPUs' interfaces, software stands in for WebGL and WebGPU. */
export function needsHardware({ device, runtime }: BackendRow): boolean {
  return device === "gpu" && runtime !== "WebGL" && runtime !== "WebGPU";
}
