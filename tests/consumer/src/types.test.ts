import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { packages, readManifest, root } from "./packed-project.test.support.js";
import { folderOf } from "./toolchain.test.support.js";

/** A program that uses a backend, a network and weights as the README does. */
const small = `
import { createBackend } from "@isoconv/backend-onnx/wasm";
import { float32, type Backend } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { lowerGraph } from "@isoconv/onnx";
import { createModel } from "@isoconv/zoo";
import { trainedWeightsIn, type TrainedWeights } from "@isoconv/zoo/trained-weights";

export async function answer(): Promise<Float32Array> {
  const { graph, parameters } = createModel("d2l/lenet", { batch: 1 });
  const backend: Backend = await createBackend({ threads: 1 });
  const executable = await backend.compile(graph, initParameters(parameters, { seed: 1 }));
  const { logits } = await executable.run({ input: float32([1, 1, 28, 28]) });
  await backend.dispose();
  return logits!.data as Float32Array;
}
export const bytes: Uint8Array = lowerGraph(createModel("d2l/lenet").graph, {}).model;
export const trained: TrainedWeights = trainedWeightsIn("https://example.org/")[0];
// @ts-expect-error a backend is no string
export const wrong: Promise<string> = createBackend();
`;

/** A program whose compiler knows `await using`. */
const disposing = `
import { createBackend } from "@isoconv/backend-onnx/wasm";

export async function id(): Promise<string> {
  await using backend = await createBackend();
  const disposable: AsyncDisposable = backend;
  return disposable === backend ? backend.id : "";
}
`;

/** What the packages depend on; neither runtimes nor `@types/node` are here. */
const dependencies = ["@bufbuild", "fast-check", "pure-rand"];

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "isoconv-types-"));
  const modules = join(project, "node_modules");
  await mkdir(modules);
  await cp(join(inject("packed").path, "node_modules/@isoconv"), join(modules, "@isoconv"), { recursive: true });
  // Copies: a link would lead a compiler to the types of the workspace.
  for (const name of dependencies) await cp(join(root, "node_modules", name), join(modules, name), { recursive: true });
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await writeFile(join(project, "small.ts"), small);
  await writeFile(join(project, "disposing.ts"), disposing);
  await writeFile(join(project, "all.ts"), await importsOfAll(modules));
});
afterAll(() => rm(project, { recursive: true, force: true }));

/** A module with every public entry of every package. */
async function importsOfAll(modules: string): Promise<string> {
  const specifiers: string[] = [];
  for (const name of packages.filter((each) => each !== "cli")) {
    const { exports } = await readManifest(join(modules, "@isoconv", name));
    specifiers.push(...Object.keys(exports).map((entry) => `@isoconv/${name}${entry.slice(1)}`));
  }
  expect(specifiers).toContain("@isoconv/zoo/trained-weights");
  return specifiers
    .filter((specifier) => !specifier.endsWith(".json"))
    .map((specifier, index) => `export * as m${index} from "${specifier}";\n`)
    .join("");
}

const disposable = "ESNext.Disposable";
const everything = ["all.ts", "small.ts"];

/** The package of a compiler, how it resolves modules, its libraries and what it compiles. */
const compilers = [
  ["typescript-5.0", "bundler", ["ES2022", "DOM"], everything],
  ["typescript-5.0", "node16", ["ES2022", "WebWorker"], ["small.ts"]],
  ["typescript-5.9", "nodenext", ["ES2022", "DOM"], everything],
  ["typescript-6.0", "node16", ["ES2022", "DOM", disposable], [...everything, "disposing.ts"]],
  ["typescript", "bundler", ["ES2022", "DOM"], everything],
  ["typescript", "node16", ["ES2022", "WebWorker"], ["small.ts"]],
  ["typescript", "nodenext", ["ES2022", "DOM", disposable], [...everything, "disposing.ts"]],
] as const;

describe("the declarations of the packed packages, without @types/node and without skipLibCheck", () => {
  it.for(compilers)("have no error for %s with moduleResolution %s and lib %s", async (row, { skip }) => {
    const [compiler, moduleResolution, lib, files] = row;
    const installed = compiler === "typescript" ? root : folderOf(inject("toolchain"), skip);
    const compilerOptions = {
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      target: "ES2022",
      lib,
      module: moduleResolution === "bundler" ? "ESNext" : moduleResolution,
      moduleResolution,
      types: [],
      skipLibCheck: false,
    };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const bin = join(installed, "node_modules", compiler, "bin/tsc");
    const errors = await promisify(execFile)(process.execPath, [bin, "-p", project], { cwd: project }).then(
      ({ stdout }) => stdout,
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );
    expect(errors).toBe("");
  });
});
