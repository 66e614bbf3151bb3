import type { OpName, Shape } from "@isoconv/core-spec";
import type { Row } from "../matrix/covering-array.js";
import type { Choice, Shapes } from "../matrix/axes.js";

/** Whether an operation gives the exact result for small integers, in every arithmetic class and any order of sums. */
type Exactness = boolean | ((row: Row<Choice>, shapes: Shapes) => boolean);

const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));
const extents = (shapes: Shapes, axes: readonly number[]): number =>
  axes.reduce((product, axis) => product * Number((shapes["x"] as Shape)[axis]), 1);

/**
 * Sums and products of small integers are exact; a mean is where it divides by a power of two; functions with roots,
 * exponentials or decimal constants are not.
 */
export const exactOps: Readonly<Record<OpName, Exactness>> = {
  conv2d: true,
  convTranspose2d: true,
  linear: true,
  maxPool2d: true,
  // Padding is not counted: a window that hangs over divides by another number.
  avgPool2d: ({ kernel, pads }) =>
    JSON.stringify(pads) === "[0,0,0,0]" &&
    Array.isArray(kernel) &&
    isPowerOfTwo(Number(kernel[0]) * Number(kernel[1])),
  globalAvgPool2d: (_row, shapes) => isPowerOfTwo(extents(shapes, [2, 3])),
  adaptiveAvgPool2d: ({ outputSize }, shapes) =>
    Array.isArray(outputSize) &&
    [0, 1].every((k) => {
      const ratio = extents(shapes, [2 + k]) / Number(outputSize[k]);
      return isPowerOfTwo(ratio) && ratio >= 1;
    }),
  batchNorm: false,
  layerNorm: false,
  lrn: false,
  softmax: false,
  logSoftmax: false,
  add: true,
  mul: true,
  relu: true,
  leakyRelu: ({ slope }) => slope === 0 || slope === 0.5 || slope === 1,
  elu: false,
  clip: true,
  sigmoid: false,
  hardSigmoid: false,
  tanh: false,
  silu: false,
  hardSwish: false,
  gelu: false,
  concat: true,
  slice: true,
  reshape: true,
  flatten: true,
  transpose: true,
  pad2d: true,
  upsample: true,
  mean: ({ axes }, shapes) => Array.isArray(axes) && isPowerOfTwo(extents(shapes, axes.map(Number))),
  dropout: true,
};

export function isExact(op: OpName, row: Row<Choice>, shapes: Shapes): boolean {
  const exactness = exactOps[op];
  return typeof exactness === "boolean" ? exactness : exactness(row, shapes);
}
