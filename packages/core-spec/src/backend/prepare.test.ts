import { expect, test } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { refusal } from "../op-cases.test.support.js";
import { dropIdentities } from "../passes/drop-identities.js";
import { opNames, type OpName } from "../registry.js";
import { float32 } from "../tensor.js";
import type { Parameters } from "./backend.js";
import type { Capabilities, OpSupport } from "./capabilities.js";
import { checkParameters, exposeValues, prepareGraph } from "./prepare.js";
import { unsupported } from "./table.js";
import { capabilities } from "./toy-backend.test.support.js";

const withOps = (change: Partial<Record<OpName, OpSupport>> = {}): Capabilities => ({
  ...capabilities,
  ops: { ...(Object.fromEntries(opNames.map((op) => [op, "native"])) as Record<OpName, OpSupport>), ...change },
});

const g = graphBuilder("net");
const x = g.input("x", ["N", 2, 4, 4]);
const w = g.parameter("w", [3, 2, 1, 1]);
const dropped = g.dropout({ x: g.conv2d({ x, w }, {}, "conv") }, {}, "drop");
const graph = g.build({ y: g.silu({ x: dropped }, {}, "act") });
const parameters = { w: float32([3, 2, 1, 1]) };

test("a graph of unknown origin is validated again", () => {
  const copy = structuredClone(graph);
  expect(prepareGraph(copy, parameters, {}, withOps(), []).written).toEqual(graph);
  const broken = { ...copy, nodes: [...copy.nodes].toReversed() };
  expect(refusal(() => prepareGraph(broken, parameters, {}, withOps(), []))).toMatchObject({ code: "INVALID_GRAPH" });
  expect(refusal(() => prepareGraph(null as never, {}, {}, withOps(), []))).toMatchObject({ code: "INVALID_GRAPH" });
});

test("the backend's passes run unless the caller's replace them; the written graph is unchanged", () => {
  const opsOf = ({ nodes }: Graph): string[] => nodes.map(({ op }) => op);
  const own = prepareGraph(graph, parameters, {}, withOps(), [dropIdentities]);
  expect(opsOf(own.graph)).toEqual(["conv2d", "silu"]);
  expect(own.written).toBe(graph);
  expect(opsOf(prepareGraph(graph, parameters, { passes: [] }, withOps(), [dropIdentities]).graph)).toEqual([
    "conv2d",
    "dropout",
    "silu",
  ]);
});

test("decompositions are expanded before support is judged", () => {
  const { graph: expanded } = prepareGraph(graph, parameters, {}, withOps({ silu: "decomposed" }), []);
  expect(expanded.nodes.map(({ op }) => op)).toEqual(["conv2d", "dropout", "sigmoid", "mul"]);
  const none = unsupported("no kernel", { issue: "https://example.org/1" });
  const refused = (change: Partial<Record<OpName, OpSupport>>): unknown =>
    refusal(() => prepareGraph(graph, parameters, {}, withOps(change), []));
  expect(refused({ silu: "decomposed", sigmoid: none })).toMatchObject({ code: "UNSUPPORTED" });
  expect(refused({ dropout: none })).toMatchObject({ code: "UNSUPPORTED" });
});

test("an operation a pass removes need not be supported", () => {
  const none = unsupported("no kernel", { issue: "https://example.org/1" });
  expect(() => prepareGraph(graph, parameters, {}, withOps({ dropout: none }), [dropIdentities])).not.toThrow();
});

test("a value larger than the device can hold is refused by name", () => {
  const limited = (arrayBytes: number): Capabilities => ({ ...withOps(), limits: { arrayBytes } });
  // The input has 32 elements at a batch of 1, the convolution 48.
  expect(() => prepareGraph(graph, parameters, {}, limited(4 * 48), [])).not.toThrow();
  expect(() => prepareGraph(graph, parameters, {}, limited(4 * 47), [])).toThrow(
    'UNSUPPORTED: conv2d "conv": an array of',
  );
  expect(refusal(() => prepareGraph(graph, parameters, {}, limited(4 * 31), []))).toEqual({
    code: "UNSUPPORTED",
    path: "x",
  });
});

test("taps become outputs under their own names", () => {
  const tapped = exposeValues(graph, ["conv", "x", "conv", "w"]);
  expect(tapped.outputs.map(({ name, value }) => `${name} = ${value}`)).toEqual([
    "y = act",
    "conv = conv",
    "x = x",
    "w = w",
  ]);
  expect(exposeValues(graph, [])).toBe(graph);
});

test("a tap that names no value, or names an output of another value, is refused", () => {
  expect(refusal(() => exposeValues(graph, ["conv", "none"]))).toEqual({ code: "INVALID_GRAPH", path: "taps[1]" });
  const h = graphBuilder("net");
  const v = h.input("x", [1]);
  const renamed = h.build({ x: h.relu({ x: v }, {}, "act") });
  expect(refusal(() => exposeValues(renamed, ["x"]))).toEqual({ code: "INVALID_GRAPH", path: "taps[0]" });
});

const where = 'parameters["w"]';
test.each<readonly [string, unknown, string, string]>([
  ["no object", undefined, "INVALID_WEIGHTS", "parameters"],
  ["a list", [], "INVALID_WEIGHTS", "parameters"],
  ["a missing one", {}, "INVALID_WEIGHTS", "parameters"],
  ["an inherited one", Object.create(parameters), "INVALID_WEIGHTS", "parameters"],
  ["one too many", { ...parameters, v: parameters.w }, "INVALID_WEIGHTS", "parameters"],
  ["nothing for a name", { w: undefined }, "INVALID_DTYPE", where],
  ["another dtype", { w: { dtype: "int32", shape: [3, 2, 1, 1], data: new Int32Array(6) } }, "INVALID_DTYPE", where],
  ["data of another type", { w: { ...parameters.w, data: [1, 2, 3, 4, 5, 6] } }, "INVALID_DTYPE", where],
  ["another shape", { w: float32([2, 3, 1, 1]) }, "INVALID_WEIGHTS", where],
  ["no shape", { w: { ...parameters.w, shape: undefined } }, "INVALID_WEIGHTS", where],
  ["too little data", { w: { ...parameters.w, data: new Float32Array(5) } }, "INVALID_WEIGHTS", where],
])("parameters with %s are refused", (_what, given, code, path) => {
  expect(refusal(() => checkParameters(graph, given as Parameters))).toEqual({ code, path });
});

test("the error counts and names missing and unexpected parameters", () => {
  const many = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`p${i}`, float32([1])]));
  expect(() => checkParameters(graph, many)).toThrow(
    'parameters do not match the graph "net": 1 missing (w); 7 unexpected (p0, p1, p2, p3, p4, …)',
  );
});
