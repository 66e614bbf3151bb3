import { beforeEach, expect, test } from "vitest";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { float32, type Tensors } from "../tensor.js";
import type { Backend, Executable } from "./backend.js";
import type { ParameterUse } from "./kernels.js";
import { ToyStore, toyBackend, toyTable } from "./toy-backend.test.support.js";

let runtime: ToyStore;
let backend: Backend;
beforeEach(() => {
  runtime = new ToyStore();
  backend = toyBackend(runtime, toyTable(runtime));
});

function graphOf(body: (g: GraphBuilder, x: Value) => Record<string, Value>): Graph {
  const g = graphBuilder("net");
  return g.build(body(g, g.input("x", ["N", 2])));
}
const compile = (graph: Graph, parameters: Tensors = {}): Promise<Executable> =>
  backend.compile(graph, parameters, { passes: [] });
const x = float32([2, 2], [-1, 1, -2, 2]);

const parameterised = graphOf((g, v) => {
  const p = g.parameter("p", [1]);
  g.parameter("unused", [5]);
  return { y: g.add({ a: g.mul({ a: v, b: p }), b: p }) };
});
const parameters = { p: float32([1], [3]), unused: float32([5]) };

test("a parameter is copied in once, when the graph is compiled; an unused one never", async () => {
  const executable = await compile(parameterised, parameters);
  expect(runtime.uploads).toEqual(["1"]);
  await executable.run({ x });
  expect((await executable.run({ x })).y.data).toEqual(new Float32Array([0, 6, -3, 9]));
  expect(runtime.uploads).toEqual(["1", "2×2", "2×2"]);
  expect(backend.memory()).toEqual({ buffers: 1, bytes: 4 });
  await executable.dispose();
  expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
});

test("a parameter is copied once for each layout that its uses need", async () => {
  const uses: string[] = [];
  const layoutsFor = () => (use: ParameterUse) => {
    uses.push(`${use.node.op}.${use.operand}`);
    return use.node.op === "mul" ? "transposed" : "plain";
  };
  backend = toyBackend(Object.assign(runtime, { layoutsFor }), toyTable(runtime));
  const executable = await compile(
    graphOf((g, v) => {
      const p = g.parameter("p", [1]);
      return { y: g.add({ a: g.add({ a: g.mul({ a: v, b: p }), b: p }), b: p }), p };
    }),
    { p: float32([1], [3]) },
  );
  expect(uses).toEqual(["mul.inputs.b", "add.inputs.b", "add.inputs.b"]);
  // The output is read in logical order, so this is a copy without layout.
  expect(runtime.uploads).toEqual(["1@transposed", "1@plain", "1"]);
  expect((await executable.run({ x })).p.data).toEqual(new Float32Array([3]));
});
