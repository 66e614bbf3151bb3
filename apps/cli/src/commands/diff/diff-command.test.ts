import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, graphFromJson } from "@isoconv/core-spec";
import { readSafetensors, writeSafetensors } from "@isoconv/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv, isoconvHere } from "../../command.test.support.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-diff-"));
  await writeFile(join(folder, "wrong.mjs"), wrongModule());
  await writeFile(join(folder, "empty.mjs"), "export const nothing = 1;");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The reference as an external module, with a wrong sigmoid at lenet's node 4. */
function wrongModule(): string {
  const [core, reference] = ["@isoconv/core-spec", "@isoconv/backend-reference"].map((name) =>
    import.meta.resolve(name),
  );
  return `
    import { graphFromJson, graphToJson } from "${core}";
    import { createBackend as createReference } from "${reference}";
    const edit = (node) => (node.name === "4" ? { ...node, op: "hardSigmoid", attrs: {} } : node);
    const run = ({ graph, parameters }) => ({
      graph: graphFromJson({ ...graphToJson(graph), nodes: graph.nodes.map(edit) }),
      parameters,
    });
    export async function createBackend() {
      const inner = await createReference();
      return {
        id: "mine",
        capabilities: inner.capabilities,
        memory: () => inner.memory(),
        dispose: () => inner.dispose(),
        [Symbol.asyncDispose]: () => inner.dispose(),
        compile: (graph, parameters, options) =>
          inner.compile(graph, parameters, { ...options, passes: [{ name: "wrong", run }] }),
      };
    }`;
}

describe("isoconv diff", () => {
  it("reports that two backends agree within their bounds", async () => {
    const { status, stdout } = await isoconv(folder, "diff", "d2l/lenet", "--a", "onnx-node", "--b", "tfjs-wasm");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /✓ onnx-node and tfjs-wasm agree within their bounds; every node uses at most \d+ % of its bound\./,
    );
    expect(stdout).toMatch(/logits\s+tfjs-wasm\s+\S+e-\d\s+[\d.]+ %/);
  });

  it("finds the wrong node of an external module, and writes it as a network of one node", async () => {
    const sides = ["--a", "./wrong.mjs", "--b", "onnx-node"];
    const { status, stdout } = await isoconv(folder, "diff", "d2l/lenet", ...sides, "--write-repro", "repro");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /✗ mine is wrong: the first node outside its bound is "4" \(sigmoid\): outside its bound at \[/,
    );
    expect(stdout).toMatch(/onnx-node is within all bounds\./);
    expect(await readdir(join(folder, "repro"))).toEqual(
      expect.arrayContaining(["README.md", "graph.json", "inputs.safetensors", "model.onnx"]),
    );
    const graph = graphFromJson(JSON.parse(await readFile(join(folder, "repro", "graph.json"), "utf8")));
    expect(graph.nodes.map(({ op, name }) => `${op} ${name}`)).toEqual(["sigmoid 4"]);
    const inputs = readSafetensors(await readFile(join(folder, "repro", "inputs.safetensors")));
    expect([...inputs.tensors].map(([name, { shape }]) => [name, shape])).toContainEqual(["3", [1, 16, 10, 10]]);
  });

  it("prints everything except the tensors as JSON", async () => {
    const { stdout } = await isoconv(folder, "diff", "d2l/lenet", "--a", "reference", "--b", "./wrong.mjs", "--json");
    const found = JSON.parse(stdout) as { nodes: unknown[]; b: { fault: object } };
    expect(found).toMatchObject({ format: "isoconv-divergence", verdict: "disagree", a: { backend: "reference" } });
    expect(found.nodes).toHaveLength(12);
    expect(found.b.fault).toMatchObject({ kind: "node", node: "4", op: "sigmoid", repeatsAlone: true });
    expect(found.b.fault).not.toHaveProperty("evidence");
  });

  it("warns of an image of one colour, on stderr and in JSON", async () => {
    await writeFile(join(folder, "black"), writeSafetensors({ x: float32([1, 28, 28]) }));
    const sides = ["--a", "reference", "--b", "reference", "--input", join(folder, "black"), "--json"];
    const { stdout, stderr } = await isoconvHere("diff", "d2l/lenet", ...sides);
    expect(JSON.parse(stdout)).toMatchObject({ warnings: [{ code: "CONSTANT_IMAGE", path: 'feeds["input"]' }] });
    expect(stderr).toContain("isoconv: warning: CONSTANT_IMAGE: ");
  });

  it.each([
    ["a module without createBackend", /empty\.mjs is no backend; expected a module that exports/, "./empty.mjs", 2],
    ["a module that is not there", /nowhere\.mjs: the module cannot be imported/, "./nowhere.mjs", 3],
    ["an unknown backend", /no such backend; expected reference, onnx-node/, "gpu", 2],
  ])("refuses %s", async (_what, message, a, expected) => {
    const { status, stderr } = await isoconv(folder, "diff", "d2l/lenet", "--a", a, "--b", "reference");
    expect(status).toBe(expected);
    expect(stderr).toMatch(message);
  });
});
