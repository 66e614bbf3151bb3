/** Subpaths that run wherever Node runs, without a GPU. */
export const nodeSubpaths = [
  "@isoconv/backend-reference",
  "@isoconv/backend-onnx/node",
  "@isoconv/backend-onnx/wasm",
  "@isoconv/backend-tfjs/cpu",
  "@isoconv/backend-tfjs/wasm",
];

/** Subpaths that run under Node where there is a GPU or a software one. */
export const nodeGpuSubpaths = ["@isoconv/backend-onnx/node-webgpu", "@isoconv/backend-tfjs/webgpu"];

/** Subpaths that need native parts and hardware; what each says without. */
export const nativeSubpaths: Readonly<Record<string, RegExp>> = {
  "@isoconv/backend-onnx/cuda": /CUDA|libonnxruntime_providers/,
  "@isoconv/backend-tfjs/node": /@tensorflow\/tfjs-node/,
  "@isoconv/backend-tfjs/cuda": /@tensorflow\/tfjs-node-gpu/,
};

/** Subpaths that run in a page, on software GPUs too, and what they are created with. */
export const pageSubpaths: Readonly<Record<string, string>> = {
  "@isoconv/backend-reference": "",
  "@isoconv/backend-onnx/wasm": "",
  "@isoconv/backend-onnx/webgpu": "",
  "@isoconv/backend-tfjs/cpu": "",
  "@isoconv/backend-tfjs/wasm": `{ wasmPaths: "/" }`,
  "@isoconv/backend-tfjs/webgl": "{ software: true }",
  "@isoconv/backend-tfjs/webgpu": "",
};

/** What a program finds out with a backend. */
export interface Answer {
  readonly backend: string;
  readonly shape: readonly number[];
  readonly logits: readonly number[];
}

/** The text of a module that exports `answer`: LeNet on one image, by the backend of a subpath. */
export function program(subpath: string, options = ""): string {
  return `
import { float32, uniform } from "@isoconv/core-spec";
import { createModel } from "@isoconv/zoo";
import { initParameters } from "@isoconv/nn";
import { createBackend } from "${subpath}";

export async function answer() {
  const model = createModel("d2l/lenet");
  const backend = await createBackend(${options});
  const executable = await backend.compile(model.graph, initParameters(model.parameters, { seed: 1 }));
  const { logits } = await executable.run({ input: float32([1, 1, 28, 28], uniform(1, "input", 784, 0, 1)) });
  await backend.dispose();
  return { backend: backend.id, shape: logits.shape, logits: [...logits.data] };
}
`;
}

/** Prints the answer as JSON. */
export const printingProgram = (subpath: string): string =>
  `${program(subpath)}\nconsole.log(JSON.stringify(await answer()));\n`;

/** Leaves a promise of the answer where a test finds it. Not awaited: chunks imported lazily wait for this module. */
export const pageProgram = (subpath: string, options: string): string =>
  `${program(subpath, options)}\nwindow.answer = answer();\n`;
