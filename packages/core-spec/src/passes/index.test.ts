import { expect, test } from "vitest";
import { exposeValues } from "../backend/prepare.js";
import { float32 } from "../tensor.js";
import { foldBatchNorm } from "./fold-batch-norm.js";
import { defaultPasses, runPasses } from "./index.js";
import { linesAfter, network } from "./rewritten.test.support.js";

const graph = network((g, x, w) => {
  const c = g.parameter("c", [2]);
  const conv = g.conv2d({ x, w }, {}, "conv");
  const norm = g.batchNorm({ x: conv, mean: c, variance: c }, { epsilon: 1e-5 }, "norm");
  const act = g.relu({ x: norm }, {}, "act");
  return { y: g.flatten({ x: g.dropout({ x: act }, {}, "drop") }, {}, "flat") };
});

test("the default passes merge convolution, norm and activation into one convolution", () => {
  expect(linesAfter(graph, ...defaultPasses)).toEqual([
    "act: N×2×4×4 = conv2d(x: x, w: conv.w:folded, bias: conv.bias:folded) activation=relu",
    "flat: N×32 = flatten(x: act)",
    "output y = flat",
  ]);
});

test.each(["conv", "norm", "act", "drop", "flat", "x"])(
  "the default passes keep the value %s when it is tapped",
  (tap) => {
    const lines = linesAfter(exposeValues(graph, [tap]), ...defaultPasses);
    expect(lines.filter((line) => line.startsWith(`output ${tap} = `))).toHaveLength(1);
  },
);

test("the default passes keep each tapped value as a node of the same operation", () => {
  const lines = linesAfter(exposeValues(graph, ["conv", "norm"]), ...defaultPasses);
  expect(lines.map((line) => line.replace(/^(\w+): .* = (\w+)\(.*$/, "$1 = $2"))).toEqual([
    "conv = conv2d",
    "norm = batchNorm",
    "act = relu",
    "flat = flatten",
    "output y = flat",
    "output conv = conv",
    "output norm = norm",
  ]);
});

test("none of the default passes changes its argument", () => {
  const parameters = Object.freeze({ w: float32([2, 2, 1, 1], [1, 2, 3, 4]), c: float32([2], [1, 1]) });
  const before = JSON.stringify([graph, parameters]);
  runPasses({ graph, parameters }, defaultPasses);
  expect(JSON.stringify([graph, parameters])).toBe(before);
  expect(foldBatchNorm.run({ graph, parameters }).parameters).not.toBe(parameters);
});
