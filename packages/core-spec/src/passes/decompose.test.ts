import { expect, test } from "vitest";
import { decompose } from "./decompose.js";
import { linesAfter, network } from "./rewritten.test.support.js";

test("decompose replaces the named operations only, keeping their names", () => {
  const graph = network((g, x) => ({ y: g.silu({ x: g.hardSwish({ x }, {}, "first") }, {}, "second") }));
  expect(linesAfter(graph, decompose(new Set(["silu"])))).toEqual([
    "first: N×2×4×4 = hardSwish(x: x)",
    "second.sigmoid: N×2×4×4 = sigmoid(x: first)",
    "second: N×2×4×4 = mul(a: first, b: second.sigmoid)",
    "output y = second",
  ]);
});

test("new nodes take no name a later node has", () => {
  const graph = network((g, x) => {
    const first = g.silu({ x }, {}, "a");
    return { y: g.relu({ x: first }, {}, "a.sigmoid") };
  });
  expect(linesAfter(graph, decompose(new Set(["silu"]))).slice(0, 2)).toEqual([
    "a.sigmoid_1: N×2×4×4 = sigmoid(x: x)",
    "a: N×2×4×4 = mul(a: x, b: a.sigmoid_1)",
  ]);
});

test("names derived from a name of the greatest length are still usable", () => {
  const name = "n".repeat(256);
  const graph = network((g, x) => ({ y: g.adaptiveAvgPool2d({ x }, { outputSize: [3, 3] }, name) }));
  expect(linesAfter(graph, decompose(new Set(["adaptiveAvgPool2d"]))).at(-1)).toBe(`output y = ${name}`);
});

test("an adaptive pool is a plain pool where it divides, and rows then columns where not", () => {
  const pooled = (outputSize: readonly [number, number]): string[] => {
    const graph = network((g, x) => ({ y: g.adaptiveAvgPool2d({ x }, { outputSize }, "p") }));
    return linesAfter(graph, decompose(new Set(["adaptiveAvgPool2d"])));
  };
  expect(pooled([2, 1])).toEqual(["p: N×2×2×1 = avgPool2d(x: x) kernel=[2, 4] strides=[2, 4]", "output y = p"]);
  expect(pooled([3, 1])).toEqual([
    "p.rows.slice: N×2×2×4 = slice(x: x) starts=[0] ends=[2] axes=[2]",
    "p.rows.mean: N×2×1×4 = mean(x: p.rows.slice) axes=[2] keepDims=true",
    "p.rows.slice_1: N×2×2×4 = slice(x: x) starts=[1] ends=[3] axes=[2]",
    "p.rows.mean_1: N×2×1×4 = mean(x: p.rows.slice_1) axes=[2] keepDims=true",
    "p.rows.slice_2: N×2×2×4 = slice(x: x) starts=[2] ends=[4] axes=[2]",
    "p.rows.mean_2: N×2×1×4 = mean(x: p.rows.slice_2) axes=[2] keepDims=true",
    "p.rows: N×2×3×4 = concat(xs: [p.rows.mean, p.rows.mean_1, p.rows.mean_2]) axis=2",
    "p.slice: N×2×3×4 = slice(x: p.rows) starts=[0] ends=[4] axes=[3]",
    "p.mean: N×2×3×1 = mean(x: p.slice) axes=[3] keepDims=true",
    "p: N×2×3×1 = concat(xs: [p.mean]) axis=3",
    "output y = p",
  ]);
});
