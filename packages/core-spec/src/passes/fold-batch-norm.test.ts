import { expect, test } from "vitest";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import { float32 } from "../tensor.js";
import { foldBatchNorm } from "./fold-batch-norm.js";
import type { Network } from "./pass.js";

const parameters = {
  w: float32([2, 1, 1, 2], [1, 2, 3, 4]),
  bias: float32([2], [10, 20]),
  mean: float32([2], [1, -2]),
  variance: float32([2], [3, 0]),
  scale: float32([2], [2, 4]),
  offset: float32([2], [0.5, -0.5]),
};
type Name = keyof typeof parameters;

/** A convolution and a norm with ε = 1 over the parameters that `used` names. */
function convNorm(
  used: readonly Name[],
  change: (g: GraphBuilder, conv: Value, values: Readonly<Record<string, Value>>) => Value | undefined = () =>
    undefined,
  values: Partial<typeof parameters> = {},
): Network {
  const g = graphBuilder("net");
  const x = g.input("x", ["N", 1, 1, 4]);
  const all = { ...parameters, ...values };
  const names = (["w", "mean", "variance", ...used] as const).filter((name, i, list) => list.indexOf(name) === i);
  const p = Object.fromEntries(names.map((name) => [name, g.parameter(name, all[name].shape)] as const));
  const conv = g.conv2d({ x, w: p["w"], bias: p["bias"] }, { strides: [1, 2] }, "conv");
  const norm = g.batchNorm(
    { x: conv, mean: p["mean"], variance: p["variance"], scale: p["scale"], offset: p["offset"] },
    { epsilon: 1 },
    "norm",
  );
  const other = change(g, conv, p);
  const graph = g.build(other === undefined ? { y: norm } : { y: norm, other });
  return { graph, parameters: Object.fromEntries(names.map((name) => [name, all[name]] as const)) };
}

function foldedValues(network: Network): { w: number[]; bias: number[] } {
  const { graph, parameters: tensors } = foldBatchNorm.run(network);
  expect(graph.nodes.map(({ op, name }) => [op, name])).toEqual([["conv2d", "norm"]]);
  expect(graph.nodes[0].inputs).toEqual({ x: "x", w: "conv.w:folded", bias: "conv.bias:folded" });
  expect(graph.nodes[0].attrs).toMatchObject({ strides: [1, 2] });
  return { w: [...tensors["conv.w:folded"].data], bias: [...tensors["conv.bias:folded"].data] };
}

test("weights and bias absorb scale, mean, variance and offset", () => {
  // s = scale/√(variance + 1) = [2/2, 4/1]; b′ = (bias − mean)·s + offset
  expect(foldedValues(convNorm(["bias", "scale", "offset"]))).toEqual({
    w: [1, 2, 12, 16],
    bias: [(10 - 1) * 1 + 0.5, (20 + 2) * 4 - 0.5],
  });
});

test("a missing bias or offset counts as 0, a missing scale as 1", () => {
  expect(foldedValues(convNorm([]))).toEqual({ w: [0.5, 1, 3, 4], bias: [-0.5, 2] });
  expect(foldedValues(convNorm(["scale"]))).toEqual({ w: [1, 2, 12, 16], bias: [-1, 8] });
});

test("ε is the float32 the node holds, and the result is rounded once", () => {
  const tiny = convNorm([], undefined, { variance: float32([2], [0.1, 0.2]) });
  const variance = [Math.fround(0.1), Math.fround(0.2)];
  const s = variance.map((v) => 1 / Math.sqrt(v + 1));
  expect(foldedValues(tiny).w).toEqual([1 * s[0], 2 * s[0], 3 * s[1], 4 * s[1]].map(Math.fround));
});

const kept = (network: Network): boolean => foldBatchNorm.run(network).graph.nodes.some(({ op }) => op === "batchNorm");

test("a norm stays where the folded weights would leave float32", () => {
  expect(
    kept(convNorm(["scale"], undefined, { scale: float32([2], [3e38, 1]), w: float32([2, 1, 1, 2], [9, 9, 9, 9]) })),
  ).toBe(true);
  expect(kept(convNorm([], undefined, { mean: float32([2], [NaN, 0]) }))).toBe(true);
});

test("a norm stays where another node reads the convolution", () => {
  expect(kept(convNorm([], (g, conv) => g.relu({ x: conv })))).toBe(true);
  expect(kept(convNorm([], (_g, conv) => conv))).toBe(true);
});

test("a norm stays where its statistics are computed, fed or not convolved", () => {
  const build = (make: (g: GraphBuilder, x: Value, c: Value, w: Value) => Value): Network => {
    const g = graphBuilder("net");
    const [x, c, w] = [g.input("x", ["N", 2, 3, 3]), g.parameter("c", [2]), g.parameter("w", [2, 2, 1, 1])];
    const graph = g.build({ y: make(g, x, c, w) });
    return { graph, parameters: { c: float32([2], [1, 1]), w: float32([2, 2, 1, 1]) } };
  };
  const epsilon = 1e-5;
  const norm = (g: GraphBuilder, x: Value, mean: Value, variance: Value, scale?: Value): Value =>
    g.batchNorm({ x, mean, variance, scale }, { epsilon });
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w }), c, c)))).toBe(false);
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w }), c, g.relu({ x: c }))))).toBe(true);
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w }), g.input("m", [2]), c)))).toBe(true);
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w }), c, c, g.relu({ x: c }))))).toBe(true);
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w: g.relu({ x: w }) }), c, c)))).toBe(true);
  expect(kept(build((g, x, c, w) => norm(g, g.conv2d({ x, w }, { activation: "relu" }), c, c)))).toBe(true);
  expect(kept(build((g, x, c) => norm(g, g.relu({ x }), c, c)))).toBe(true);
});

test("filters shared by two convolutions are folded for each, and the shared ones stay", () => {
  const g = graphBuilder("net");
  const [x, c, w] = [g.input("x", ["N", 2, 3, 3]), g.parameter("c", [2]), g.parameter("w", [2, 2, 1, 1])];
  const norm = (input: Value): Value =>
    g.batchNorm({ x: g.conv2d({ x: input, w }), mean: c, variance: c }, { epsilon: 1 });
  const graph = g.build({ y: norm(norm(x)), z: g.conv2d({ x, w }) });
  const folded = foldBatchNorm.run({
    graph,
    parameters: { c: float32([2], [1, 3]), w: float32([2, 2, 1, 1], [1, 2, 3, 4]) },
  });
  expect(folded.graph.nodes.map(({ inputs }) => "w" in inputs && inputs.w)).toEqual([
    "conv2d.w:folded",
    "conv2d_1.w:folded",
    "w",
  ]);
});
