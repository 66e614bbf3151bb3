import type { Shape } from "@isoconv/core-spec";
import { axes, shapeOf } from "./axes.js";

/** Any rank from a scalar to the most there may be, and an empty tensor. */
const anyShape = axes(
  { shape: [["N", 3, 5, 4], ["N", 7], [5], [], [2, 3, 2, 1, 2, 1, 3, 2], [2, 0, 3], ["N", 130]] },
  (row) => ({ x: shapeOf(row.shape) }),
);

const broadcasting = axes(
  {
    shapes: ["same", "channel", "row", "column", "outer", "scalar", "higher rank", "batch"],
    swapped: [false, true],
  },
  ({ shapes, swapped }) => {
    const [a, b] = broadcastPairs[shapes];
    return swapped ? { a: b, b: a } : { a, b };
  },
);

const broadcastPairs: Readonly<Record<string, readonly [Shape, Shape]>> = {
  same: [
    ["N", 3, 4, 5],
    ["N", 3, 4, 5],
  ],
  channel: [
    ["N", 3, 4, 5],
    [3, 1, 1],
  ],
  row: [["N", 3, 4, 5], [5]],
  column: [
    ["N", 3, 4, 5],
    [4, 1],
  ],
  outer: [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
  scalar: [["N", 6], []],
  "higher rank": [
    [4, 1],
    [2, 3, 1, 5],
  ],
  batch: [
    [2, 3],
    [1, 3],
  ],
};

/** Operations on every element alike. */
export const elementwiseAxes = {
  add: broadcasting,
  mul: broadcasting,
  relu: anyShape,
  leakyRelu: anyShape,
  elu: anyShape,
  clip: anyShape,
  sigmoid: anyShape,
  hardSigmoid: anyShape,
  tanh: anyShape,
  silu: anyShape,
  hardSwish: anyShape,
  gelu: anyShape,
  dropout: anyShape,
};
