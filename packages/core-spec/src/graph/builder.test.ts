import { expect, test } from "vitest";
import { holes, refusal } from "../op-cases.test.support.js";
import type { AnyInputs } from "../op.js";
import type { OpName } from "../registry.js";
import type { Shape } from "../shape.js";
import { graphBuilder, type Value } from "./builder.js";
import { shapesOf } from "./graph.js";

const hostile = <T>(value: unknown): T => value as T;

test("a graph lists inputs, parameters and nodes in the order they were made", () => {
  const g = graphBuilder("net");
  const x = g.input("x", ["N", 3, 8, 8]);
  const w = g.parameter("conv.weight", [4, 3, 3, 3]);
  const y = g.relu({ x: g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }, "conv") });
  const graph = g.build({ features: y, input: x });
  expect(graph.inputs).toEqual([{ name: "x", shape: ["N", 3, 8, 8] }]);
  expect(graph.parameters).toEqual([{ name: "conv.weight", shape: [4, 3, 3, 3] }]);
  expect(graph.nodes.map(({ op, name, shape }) => [op, name, shape])).toEqual([
    ["conv2d", "conv", ["N", 4, 8, 8]],
    ["relu", "relu", ["N", 4, 8, 8]],
  ]);
  expect(graph.outputs).toEqual([
    { name: "features", value: "relu" },
    { name: "input", value: "x" },
  ]);
  expect(shapesOf(graph).get("conv")).toEqual(["N", 4, 8, 8]);
});

test("omitted attributes take their defaults, and given ones are validated", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1, 4, 8, 8]);
  g.lrn({ x }, { size: 5, alpha: 0.1, beta: undefined });
  const graph = g.build({ x });
  expect(graph.nodes[0].attrs).toEqual({ size: 5, alpha: Math.fround(0.1), beta: 0.75, bias: 1 });
});

test("operands are kept in the order of the registry, without gaps", () => {
  const g = graphBuilder("net");
  const [b, w, x] = [g.parameter("b", [4]), g.parameter("w", [4, 3]), g.input("x", ["N", 3])];
  g.linear({ bias: b, w, x });
  g.linear({ bias: undefined, w, x });
  const { nodes } = g.build({ x });
  expect(Object.keys(nodes[0].inputs)).toEqual(["x", "w", "bias"]);
  expect(Object.keys(nodes[1].inputs)).toEqual(["x", "w"]);
});

test("a graph is deeply frozen", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1, 3, 8, 8]);
  g.concat({ xs: [g.maxPool2d({ x }, { kernel: [2, 2] }), g.avgPool2d({ x }, { kernel: [2, 2] })] }, { axis: 1 });
  const thawed: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) thawed.push(value);
    Object.values(value).forEach(visit);
  };
  visit(g.build({ x }));
  expect(thawed).toEqual([]);
});

test("a finished graph does not change when its builder adds nodes", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  const graph = g.build({ x });
  g.relu({ x });
  expect(graph.nodes).toEqual([]);
});

test.each<readonly [string, unknown, string]>([
  ["no list", "N", "shape"],
  ["nothing", undefined, "shape"],
  ["more than eight axes", Array.from({ length: 9 }, () => 1), "shape"],
  ["a symbolic extent that is not the first", [1, "N"], "shape[1]"],
  ["another symbol", ["M"], "shape[0]"],
  ["a negative extent", [-1], "shape[0]"],
  ["a fraction", [1, 0.5], "shape[1]"],
  ["a hole", holes(1), "shape[0]"],
  ["too many elements", ["N", 2 ** 16, 2 ** 16], "shape"],
])("a shape of %s is refused", (_what, shape, path) => {
  const g = graphBuilder("net");
  expect(refusal(() => g.input("x", hostile<Shape>(shape)))).toEqual({ code: "INVALID_SHAPE", path });
  expect(refusal(() => g.parameter("p", hostile<Shape>(shape)))).toEqual({ code: "INVALID_SHAPE", path });
});

test("a shape has up to eight axes, of any extent", () => {
  const shape: Shape = ["N", 0, 1, 2, 3, 4, 5, 6];
  expect(graphBuilder("net").input("x", shape).shape).toEqual(shape);
  expect(graphBuilder("net").input("x", [2 ** 31 - 1]).shape).toEqual([2 ** 31 - 1]);
});

test("a parameter has no batch", () => {
  const refused = refusal(() => graphBuilder("net").parameter("p", ["N", 3]));
  expect(refused).toEqual({ code: "INVALID_SHAPE", path: "shape[0]" });
});

test.each<readonly [string, (x: Value) => unknown, string]>([
  ["another graph's value of the same name", () => graphBuilder("other").input("x", [1]), "inputs.x"],
  ["a copy of a value", (x) => ({ ...x }), "inputs.x"],
  ["a name", () => "x", "inputs.x"],
  ["null", () => null, "inputs.x"],
  ["a list", (x) => [x], "inputs.x"],
])("an operand that is %s is refused", (_what, make, path) => {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  expect(refusal(() => g.relu({ x: hostile<Value>(make(x)) }))).toEqual({ code: "INVALID_GRAPH", path });
});

test.each<readonly [string, unknown, unknown, unknown, string]>([
  ["an unknown op", "conv3d", {}, {}, "op"],
  ["a method of objects", "constructor", {}, {}, "op"],
  ["no operands", "relu", undefined, {}, "inputs"],
  ["operands in a list", "relu", [], {}, "inputs"],
  ["an empty list of operands", "concat", { xs: [] }, { axis: 0 }, "inputs.xs"],
  ["a list with a hole", "concat", { xs: holes(2) }, { axis: 0 }, "inputs.xs[0]"],
])("apply refuses %s", (_what, op, inputs, attrs, path) => {
  const g = graphBuilder("net");
  const action = (): unknown => g.apply(hostile<OpName>(op), hostile<AnyInputs<Value>>(inputs), attrs);
  expect(refusal(action)).toEqual({ code: "INVALID_GRAPH", path });
});

test("a single value where a list belongs is refused", () => {
  const g = graphBuilder("net");
  const xs = g.input("x", [1]);
  expect(refusal(() => g.apply("concat", { xs }, { axis: 0 }))).toEqual({ code: "INVALID_GRAPH", path: "inputs.xs" });
});

test("attributes that are no object are refused", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  for (const attrs of [1, "a", [], true]) {
    expect(refusal(() => g.apply("relu", { x }, attrs))).toEqual({ code: "INVALID_ATTRIBUTE", path: "attrs" });
  }
  expect(() => g.apply("relu", { x }, null)).not.toThrow();
});

test("a graph has outputs, and they are its own values", () => {
  const g = graphBuilder("net");
  const foreign = graphBuilder("other").input("x", [1]);
  expect(refusal(() => g.build({}))).toEqual({ code: "INVALID_GRAPH", path: "outputs" });
  expect(refusal(() => g.build(hostile(undefined)))).toEqual({ code: "INVALID_GRAPH", path: "outputs" });
  expect(refusal(() => g.build({ y: foreign }))).toEqual({ code: "INVALID_GRAPH", path: "outputs.y" });
});

test("a refused node leaves the builder unchanged", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  refusal(() => g.softmax({ x }, { axis: 3 }, "s"));
  expect(g.relu({ x }, {}, "s").name).toBe("s");
  expect(g.build({ x }).nodes).toHaveLength(1);
});
