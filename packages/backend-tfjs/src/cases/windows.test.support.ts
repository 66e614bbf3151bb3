import type { OpCase } from "../agreement.test.support.js";

/** Convolutions in combinations of attributes, every golden trap among them. */
export const convolutionCases: readonly OpCase[] = [
  conv([1, 3, 8, 8], [4, 3, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  conv([2, 3, 7, 9], [5, 3, 3, 3], { pads: [1, 1, 1, 1] }),
  conv([1, 3, 7, 7], [4, 3, 1, 1], { strides: [2, 2] }),
  conv([2, 4, 6, 6], [8, 4, 1, 1], {}),
  conv([1, 2, 9, 8], [3, 2, 3, 3], { pads: [0, 2, 1, 0], strides: [2, 1] }),
  conv([1, 2, 11, 11], [3, 2, 3, 3], { strides: [2, 2], dilations: [2, 2], pads: [2, 2, 2, 2] }),
  conv([1, 2, 11, 12], [3, 2, 3, 3], { strides: [1, 3], dilations: [3, 2], pads: [0, 1, 3, 2] }),
  conv([1, 2, 9, 9], [3, 2, 3, 3], { dilations: [2, 2] }),
  conv([2, 64, 5, 5], [64, 2, 3, 3], { groups: 32, pads: [1, 1, 1, 1] }),
  conv([2, 4, 7, 6], [6, 2, 3, 3], { groups: 2, strides: [2, 2], dilations: [2, 2], pads: [2, 2, 2, 2] }),
  conv([1, 4, 6, 6], [4, 2, 2, 2], { groups: 2, activation: "relu" }),
  conv([1, 8, 7, 7], [8, 1, 3, 3], { groups: 8, pads: [1, 1, 1, 1] }),
  conv([2, 3, 7, 7], [6, 1, 3, 3], { groups: 3, pads: [1, 1, 1, 1], strides: [2, 2] }),
  conv([2, 3, 9, 8], [6, 1, 3, 2], { groups: 3, pads: [1, 0, 2, 1], dilations: [2, 2] }),
  conv([2, 3, 11, 12], [9, 1, 3, 3], { groups: 3, pads: [2, 1, 2, 0], dilations: [2, 2], strides: [2, 3] }),
  conv([1, 5, 6, 6], [5, 1, 1, 1], { groups: 5, strides: [2, 2], activation: "relu6" }),
  conv([1, 1, 5, 5], [3, 1, 3, 3], {}),
  conv([1, 1, 1, 1], [2, 1, 3, 3], { pads: [1, 1, 1, 1] }),
  conv([1, 512, 3, 3], [8, 512, 3, 3], { pads: [1, 1, 1, 1] }),
  conv([1, 3, 6, 6], [4, 3, 3, 3], { activation: "relu" }),
  conv([1, 3, 6, 6], [4, 3, 3, 3], { activation: "relu6" }),
];

/** Transposed convolutions, cropped and extended on every side. */
export const convTransposeCases: readonly OpCase[] = [
  transposed([1, 3, 4, 4], [3, 2, 2, 2], { strides: [2, 2] }),
  transposed([2, 3, 4, 5], [3, 4, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], outputPads: [1, 1] }),
  transposed([1, 2, 4, 4], [2, 3, 1, 1], { strides: [2, 3] }),
  transposed([1, 2, 5, 5], [2, 3, 3, 3], { pads: [2, 0, 1, 2] }),
  transposed([1, 2, 4, 5], [2, 3, 3, 3], {
    dilations: [2, 3],
    strides: [2, 2],
    pads: [1, 2, 0, 3],
    outputPads: [1, 2],
  }),
  transposed([1, 4, 3, 3], [4, 3, 3, 3], { groups: 2, strides: [2, 2], pads: [1, 1, 1, 1] }),
  transposed([2, 3, 3, 4], [3, 2, 3, 2], { groups: 3, strides: [2, 2] }),
  transposed([1, 2, 5, 5], [2, 2, 2, 2], { pads: [3, 2, 1, 3] }),
  transposed([1, 2, 1, 1], [2, 3, 4, 4], {}),
  transposed([1, 2, 3, 3], [2, 1, 2, 2], { dilations: [3, 3], outputPads: [2, 2] }),
];

const ceil = (size: number, over: number): OpCase => ({
  op: "maxPool2d",
  inputs: { x: [1, 2, size, size] },
  attrs: { kernel: [3, 3], strides: [2, 2], pads: [0, 0, over, over] },
});

/** Pools: uneven pads, windows that overhang, strides beyond the window, dilations. */
export const poolCases: readonly OpCase[] = [
  { op: "maxPool2d", inputs: { x: [2, 3, 8, 8] }, attrs: { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } },
  ...[112, 56, 54, 28].map((size) => ceil(size, 1)),
  { op: "maxPool2d", inputs: { x: [1, 2, 5, 5] }, attrs: { kernel: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1] } },
  { op: "maxPool2d", inputs: { x: [1, 3, 7, 7] }, attrs: { kernel: [1, 1], strides: [2, 2] } },
  { op: "maxPool2d", inputs: { x: [1, 3, 7, 7] }, attrs: { kernel: [1, 1] } },
  { op: "maxPool2d", inputs: { x: [1, 3, 9, 9] }, attrs: { kernel: [2, 2], strides: [3, 4] } },
  { op: "maxPool2d", inputs: { x: [1, 3, 9, 8] }, attrs: { kernel: [3, 2], dilations: [2, 3], pads: [1, 0, 2, 1] } },
  { op: "maxPool2d", inputs: { x: [2, 3, 9, 9] }, attrs: { kernel: [3, 3], dilations: [2, 2], strides: [2, 2] } },
  {
    op: "maxPool2d",
    inputs: { x: [2, 3, 9, 9] },
    attrs: { kernel: [3, 3], dilations: [3, 3], strides: [2, 1], pads: [2, 2, 2, 2] },
    ranges: { x: [-9, -1] },
  },
  {
    op: "maxPool2d",
    inputs: { x: [1, 2, 6, 6] },
    attrs: { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    ranges: { x: [-9, -1] },
  },
  { op: "avgPool2d", inputs: { x: [2, 3, 8, 8] }, attrs: { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } },
  { op: "avgPool2d", inputs: { x: [2, 3, 8, 8] }, attrs: { kernel: [2, 2], strides: [2, 2] } },
  { op: "avgPool2d", inputs: { x: [1, 3, 7, 6] }, attrs: { kernel: [3, 2], strides: [2, 3], pads: [0, 1, 2, 0] } },
  { op: "avgPool2d", inputs: { x: [1, 3, 7, 7] }, attrs: { kernel: [1, 1], strides: [2, 2] } },
  { op: "avgPool2d", inputs: { x: [1, 3, 5, 5] }, attrs: { kernel: [4, 4], strides: [3, 3], pads: [3, 3, 3, 3] } },
  { op: "globalAvgPool2d", inputs: { x: [2, 5, 7, 7] } },
  { op: "globalAvgPool2d", inputs: { x: [1, 3, 1, 1] } },
  { op: "globalAvgPool2d", inputs: { x: [1, 2, 56, 57] } },
  { op: "adaptiveAvgPool2d", inputs: { x: [2, 3, 7, 7] }, attrs: { outputSize: [3, 2] } },
  { op: "adaptiveAvgPool2d", inputs: { x: [1, 3, 2, 3] }, attrs: { outputSize: [5, 6] } },
  { op: "adaptiveAvgPool2d", inputs: { x: [1, 3, 6, 6] }, attrs: { outputSize: [3, 2] } },
];

function conv(x: readonly number[], w: readonly number[], attrs: Readonly<Record<string, unknown>>): OpCase {
  const outputs = w[0];
  return {
    op: "conv2d",
    inputs: { x, w, ...(outputs % 2 === 0 ? { bias: [outputs] } : {}) },
    attrs,
  };
}

function transposed(x: readonly number[], w: readonly number[], attrs: Readonly<Record<string, unknown>>): OpCase {
  const outputs = w[1] * Number(attrs["groups"] ?? 1);
  return { op: "convTranspose2d", inputs: { x, w, ...(outputs % 2 === 0 ? { bias: [outputs] } : {}) }, attrs };
}
