import { findModel } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { backendIds, rowOf } from "../../engine/catalogue.js";
import { snippet } from "./snippet.js";

/** Runs the text of a program. Makes its imports dynamic, because a function's body cannot have static ones. */
async function run(program: string): Promise<unknown> {
  const body = program.replaceAll(/^import (\{.*\}) from (".*");$/gm, "const $1 = await load($2);");
  const load = (name: string): Promise<unknown> => import(/* @vite-ignore */ name);
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  return await new AsyncFunction("load", `${body} return logits;`)(load);
}

it.each(["reference", "tfjs-cpu", "onnx-wasm"] as const)("the program on the page runs on %s", async (backend) => {
  const program = snippet("d2l/lenet", findModel("d2l/lenet").defaults, backend);
  expect(await run(program)).toMatchObject({ shape: [1, 10] });
});

it("the program on the page has three lines besides its imports, and imports the chosen backend", () => {
  for (const backend of backendIds) {
    const program = snippet("resnet18", findModel("resnet18").defaults, backend);
    expect(program).toContain(`import { createBackend } from "${rowOf(backend).module}";`);
    expect(program.split("\n").filter((line) => line !== "" && !line.startsWith("import "))).toHaveLength(3);
  }
});
