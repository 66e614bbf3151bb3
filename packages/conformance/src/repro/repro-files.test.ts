import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { lowerGraph } from "@isoconv/onnx";
import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, graphFromJson } from "@isoconv/core-spec";
import { readSafetensors } from "@isoconv/weights";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FilledNetwork, fillNetwork, type NetworkSpec, type WorstElement } from "@isoconv/judge";
import { exampleCase } from "../report/sample-plan.test.support.js";
import { reproFiles, type ReproInput } from "./repro-files.js";

// Inside the package, so that the snippet can import onnxruntime-node.
const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(packageFolder, "dist", "repro-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filled(spec: NetworkSpec): FilledNetwork {
  return fillNetwork(spec, { arithmetic: "f32" });
}

async function inputFor(network: FilledNetwork, worst?: WorstElement): Promise<ReproInput> {
  return {
    title: "conv2d is <wrong>",
    network,
    backend: { id: "onnx-node", runtime: { name: "ONNX Runtime", version: "1.30.0" } },
    finding: { reason: "outside its bound", worst },
    expected: await runOracle(network.graph, network.parameters, network.feeds),
    exportOnnx: (graph, parameters) => lowerGraph(graph, parameters, { externalDataThreshold: Infinity }).model,
    command: "isoconv conformance --backend onnx-node --replay x --seed 1",
  };
}

/** Writes the files and runs the README's JavaScript. */
function runSnippet(files: ReadonlyMap<string, string | Uint8Array>): { status: number | null; output: string } {
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  const [, snippet = ""] = /```js\n(.*?)```/s.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];
  writeFileSync(join(folder, "run.mjs"), snippet);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("the README's snippet runs model.onnx without isoconv, and exits with 0 for a correct runtime", async () => {
  const worst = { value: "y", index: [0, 0, 0, 0], expected: 0, got: 9, bound: 1e-5 };
  const { status, output } = runSnippet(reproFiles(await inputFor(filled(exampleCase("conv2d").network), worst)));
  expect(output).toMatch(
    /y: shape .*\ny: largest error \d(\.\d+)?(e-\d+)? at element \d+: expected .*, got .*\ny\[0,0,0,0\]/,
  );
  expect(status).toBe(0);
});

test("the snippet exits with 1 if the runtime's element is outside its bound", async () => {
  const network = filled(exampleCase("conv2d").network);
  const input = await inputFor(network, { value: "y", index: [0, 0, 0, 1], expected: 0, got: 9, bound: 1e-6 });
  const value = input.expected["y"].value.map((element, i) => (i === 1 ? element + 1 : element));
  const wrong = { ...input, expected: { y: { shape: input.expected["y"].shape, value } } };
  const { status, output } = runSnippet(reproFiles(wrong));
  expect(output).toMatch(/largest error (1|0\.99|1\.00)\d* at element 1:/);
  expect(status).toBe(1);
});

test("NaN, infinities and -0 reach the runtime and are compared", async () => {
  const g = graphBuilder("special");
  const x = g.input("x", [5]);
  const graph = g.build({ y: g.clip({ x }, {}, "c"), same: x });
  const network = { graph, parameters: {}, feeds: { x: specials } };
  const { status, output } = runSnippet(reproFiles(await inputFor(network)));
  expect(output).toContain("y: largest error 0 at element 0");
  expect(output).toContain("same: largest error 0 at element 0");
  expect(status).toBe(0);
});

const specials = {
  dtype: "float32",
  shape: [5],
  data: new Float32Array([-0, Number.NaN, Infinity, -Infinity, 1e-40]),
} as const;

test("inputs and outputs are listed in the graph's order, also if names are integers", async () => {
  const g = graphBuilder("order");
  const [x, other] = [g.input("x", [1]), g.input("0", [1])];
  const sum = g.add({ a: x, b: other }, {}, "sum");
  const graph = g.build([
    ["sum", sum],
    ["1", other],
  ]);
  const feeds = { 0: float32([1], [1]), x: float32([1], [2]) };
  const files = reproFiles(await inputFor({ graph, parameters: {}, feeds }));
  const { inputs, outputs } = JSON.parse(String(files.get("case.json")));
  expect([inputs, outputs]).toMatchObject([
    [
      { name: "x", data: [2] },
      { name: "0", data: [1] },
    ],
    [
      { name: "sum", data: [3] },
      { name: "1", data: [1] },
    ],
  ]);
  expect(runSnippet(files).status).toBe(0);
});

test("the other files contain the graph, its parameters and inputs, and its expected outputs", async () => {
  const network = filled(exampleCase("batchNorm").network);
  const input = await inputFor(network);
  const files = reproFiles(input);
  expect([...files.keys()].toSorted()).toEqual([
    "README.md",
    "case.json",
    "expected.safetensors",
    "graph.json",
    "inputs.safetensors",
    "model.onnx",
  ]);
  expect(graphFromJson(JSON.parse(String(files.get("graph.json"))))).toEqual(network.graph);
  const given = readSafetensors(files.get("inputs.safetensors") as Uint8Array).tensors;
  for (const [name, tensor] of Object.entries({ ...network.parameters, ...network.feeds })) {
    expect(given.get(name)?.toFloat32()).toEqual(tensor);
  }
  const expected = readSafetensors(files.get("expected.safetensors") as Uint8Array).tensors.get("y");
  expect(expected?.toFloat32().data).toEqual(Float32Array.from(input.expected["y"].value));
  expect(JSON.parse(String(files.get("case.json"))).outputs[0].data).toEqual([...input.expected["y"].value]);
});

test("an unknown member is refused: a repro without a model would be written in silence", async () => {
  const input = await inputFor(filled(exampleCase("relu").network));
  expect(() => reproFiles({ ...input, exportOnxx: () => new Uint8Array() } as never)).toThrow(
    /Did you mean "exportOnnx"/,
  );
});

test("without a way to write ONNX there is neither a model nor a snippet", async () => {
  const files = reproFiles({ ...(await inputFor(filled(exampleCase("relu").network))), exportOnnx: undefined });
  expect(files.has("model.onnx")).toBe(false);
  expect(files.get("README.md")).not.toContain("onnxruntime");
  expect(files.get("README.md")).toContain("# conv2d is \\<wrong\\>");
});
