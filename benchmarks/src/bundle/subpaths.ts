/** A runtime as a page would import it without isoconv. */
export interface Runtime {
  readonly modules: readonly string[];
  /** A text of its own code that survives minifying, and that no other runtime's code has. */
  readonly marker: string;
  /** WebAssembly that is fetched from a folder of the page's, not bundled: the file that current browsers take. */
  readonly fetched?: string;
}

export const runtimes = {
  "onnx-wasm": { modules: ["onnxruntime-web/wasm"], marker: "ort-wasm-simd-threaded.wasm" },
  "onnx-webgpu": { modules: ["onnxruntime-web/webgpu"], marker: "ort-wasm-simd-threaded.asyncify.wasm" },
  "tfjs-cpu": {
    modules: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"],
    marker: "looks like you are running TensorFlow.js in Node.js",
  },
  "tfjs-wasm": {
    modules: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"],
    marker: "WASM_HAS_SIMD_SUPPORT",
    fetched: "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
  },
  "tfjs-webgl": {
    modules: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-webgl"],
    marker: "WEBGL_RENDER_FLOAT32_CAPABLE",
  },
  "tfjs-webgpu": {
    modules: ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-webgpu"],
    marker: "WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE",
  },
} as const satisfies Record<string, Runtime>;

export type RuntimeName = keyof typeof runtimes;

/** The adapters' subpaths for browsers, and the one runtime that each brings. */
export const subpaths: Readonly<Record<string, RuntimeName>> = {
  "@isoconv/backend-onnx/wasm": "onnx-wasm",
  "@isoconv/backend-onnx/webgpu": "onnx-webgpu",
  "@isoconv/backend-tfjs/cpu": "tfjs-cpu",
  "@isoconv/backend-tfjs/wasm": "tfjs-wasm",
  "@isoconv/backend-tfjs/webgl": "tfjs-webgl",
  "@isoconv/backend-tfjs/webgpu": "tfjs-webgpu",
};

/** Subpaths that only Node can import. */
export const nodeOnly: ReadonlySet<string> = new Set([
  "@isoconv/backend-onnx/node",
  "@isoconv/backend-onnx/node-webgpu",
  "@isoconv/backend-onnx/cuda",
  "@isoconv/backend-tfjs/node",
  "@isoconv/backend-tfjs/cuda",
]);
