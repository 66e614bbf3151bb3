import type { OpCase } from "../agreement.test.support.js";

const norm = (x: readonly number[], channels: number): OpCase["inputs"] => ({
  x,
  mean: [channels],
  variance: [channels],
  scale: [channels],
  offset: [channels],
});

/** Normalisations along every axis, with every optional operand left out. */
export const normalisationCases: readonly OpCase[] = [
  { op: "batchNorm", inputs: norm([2, 3, 4, 5], 3), attrs: { epsilon: 1e-5 }, ranges: { variance: [0, 2] } },
  { op: "batchNorm", inputs: norm([2, 3, 4, 5], 3), attrs: { epsilon: 1e-3 }, ranges: { variance: [5e-5, 2e-4] } },
  { op: "batchNorm", inputs: norm([4, 3], 3), attrs: { epsilon: 1e-5 }, ranges: { variance: [0, 2] } },
  { op: "batchNorm", inputs: norm([2, 3, 5], 3), attrs: { epsilon: 1e-5 }, ranges: { variance: [0, 2] } },
  { op: "batchNorm", inputs: norm([2, 3, 2, 2, 2], 3), attrs: { epsilon: 1e-5 }, ranges: { variance: [0, 2] } },
  {
    op: "batchNorm",
    inputs: { x: [1, 3, 4, 4], mean: [3], variance: [3] },
    attrs: { epsilon: 1e-5 },
    ranges: { variance: [0.5, 2] },
  },
  {
    op: "batchNorm",
    inputs: { x: [1, 3, 4, 4], mean: [3], variance: [3], offset: [3] },
    attrs: { epsilon: 1e-5 },
    ranges: { variance: [0.5, 2] },
  },
  ...[0, 1, 2, 3].map((axis): OpCase => layer([2, 3, 4, 5], axis, ["scale", "offset"])),
  layer([2, 3, 4, 5], 1, ["scale"]),
  layer([2, 3, 4, 5], 1, ["offset"]),
  layer([2, 3, 4, 5], 1, []),
  layer([3, 10], 1, ["scale", "offset"]),
  layer([3, 10], 0, ["scale", "offset"]),
  layer([2, 3, 4], 1, ["scale", "offset"]),
  layer([2, 1, 4, 4], 1, ["scale", "offset"]),
  layer([2, 3, 2, 2, 2], 1, ["scale", "offset"]),
  layer([1, 768], 1, ["scale", "offset"]),
  layer([2, 96, 3, 3], 1, ["scale", "offset"], [998, 1002]),
  ...[1, 2, 3, 4, 5, 9].map((size): OpCase => ({
    op: "lrn",
    inputs: { x: [2, 6, 3, 4] },
    attrs: { size, alpha: 0.5, beta: 0.75, bias: 1 },
    ranges: { x: [-4, 4] },
  })),
  { op: "lrn", inputs: { x: [1, 8, 3, 3] }, attrs: { size: 4, alpha: 1e-4, beta: 0.5, bias: 2 } },
  ...[0, 1, 2, 3].map((axis): OpCase => softmax("softmax", [2, 3, 4, 5], axis)),
  ...[0, 1, 2, 3].map((axis): OpCase => softmax("logSoftmax", [2, 3, 4, 5], axis)),
  softmax("softmax", [3, 10], 1),
  softmax("softmax", [3, 10], 0),
  softmax("softmax", [2, 3, 4], 1),
  softmax("softmax", [2, 1, 4, 4], 1),
  softmax("softmax", [7], 0),
  softmax("softmax", [1, 1000], 1),
  softmax("logSoftmax", [1, 1000], 1),
  softmax("logSoftmax", [2, 3, 2, 2, 2], 1),
  { op: "softmax", inputs: { x: [2, 5] }, attrs: { axis: 1 }, ranges: { x: [-1e4, 1e4] } },
  { op: "logSoftmax", inputs: { x: [2, 5] }, attrs: { axis: 1 }, ranges: { x: [-1e4, 1e4] } },
];

function layer(
  x: readonly number[],
  axis: number,
  affine: readonly ("scale" | "offset")[],
  range: readonly [number, number] = [-5, 5],
): OpCase {
  const inputs = { x, ...Object.fromEntries(affine.map((name) => [name, [x[axis]]])) };
  return { op: "layerNorm", inputs, attrs: { axis, epsilon: 1e-5 }, ranges: { x: range } };
}

function softmax(op: "softmax" | "logSoftmax", x: readonly number[], axis: number): OpCase {
  return { op, inputs: { x }, attrs: { axis }, ranges: { x: [-5, 5] } };
}
