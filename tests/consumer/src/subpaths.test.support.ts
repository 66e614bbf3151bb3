import { backendsOn, needsHardware, runsAnywhere } from "@isoconv/backends";

const moduleOf = ({ module }: { readonly module: string }): string => module;

/** Modules that run wherever Node runs, without a GPU. */
export const nodeModules: readonly string[] = backendsOn("node").filter(runsAnywhere).map(moduleOf);

/** Modules that run under Node where there is a GPU or a software one. */
export const nodeGpuModules: readonly string[] = backendsOn("node")
  .filter((row) => row.device === "gpu" && !needsHardware(row))
  .map(moduleOf);

/** Modules that need native parts or hardware under Node, and what each says without. */
export const nativeModules: readonly (readonly [string, RegExp])[] = backendsOn("node")
  .filter((row) => !runsAnywhere(row) && (row.device === "cpu" || needsHardware(row)))
  .map(({ module }) => [module, /CUDA|libonnxruntime_providers|@tensorflow\/tfjs-node/]);

const optionsInPage: Readonly<Record<string, string>> = {
  "tfjs-wasm": `{ wasmPaths: "/" }`,
  "tfjs-webgl": "{ software: true }",
};

/** Modules that run in a page, on software GPUs too, and what they are created with. */
export const pageModules: readonly (readonly [string, string])[] = backendsOn("page")
  .filter((row) => !needsHardware(row))
  .map(({ id, module }) => [module, optionsInPage[id] ?? ""]);

/** The result of a program with a backend. */
export interface Answer {
  readonly backend: string;
  readonly shape: readonly number[];
  readonly logits: readonly number[];
}

/** The text of a module that exports `answer`: it runs LeNet on one image with the backend of a subpath. */
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

/** Prints the result as JSON. */
export const printingProgram = (subpath: string): string =>
  `${program(subpath)}\nconsole.log(JSON.stringify(await answer()));\n`;

/**
 * Stores the promise of the result where a test finds it. It is not awaited, because lazily imported chunks wait for
 * this module.
 */
export const pageProgram = (subpath: string, options: string): string =>
  `${program(subpath, options)}\nwindow.answer = answer();\n`;
