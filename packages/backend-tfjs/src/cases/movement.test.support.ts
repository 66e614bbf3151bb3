import type { OpCase } from "../agreement.test.support.js";

/** Data movement along every axis, and on every rank that is held differently. */
export const movementCases: readonly OpCase[] = [
  ...[0, 1, 2, 3].map((axis): OpCase => ({
    op: "concat",
    inputs: {
      xs: [
        [2, 3, 4, 5],
        [2, 3, 4, 5],
        [2, 3, 4, 5],
      ],
    },
    attrs: { axis },
  })),
  {
    op: "concat",
    inputs: {
      xs: [
        [2, 3, 4, 5],
        [2, 1, 4, 5],
      ],
    },
    attrs: { axis: 1 },
  },
  { op: "concat", inputs: { xs: [[2, 3, 4, 5]] }, attrs: { axis: 1 } },
  {
    op: "concat",
    inputs: {
      xs: [
        [2, 0, 4, 5],
        [2, 3, 4, 5],
      ],
    },
    attrs: { axis: 1 },
  },
  {
    op: "concat",
    inputs: {
      xs: [
        [2, 0],
        [2, 3],
        [2, 0],
        [2, 1],
      ],
    },
    attrs: { axis: 1 },
  },
  { op: "concat", inputs: { xs: [[3], [4]] }, attrs: { axis: 0 } },
  {
    op: "concat",
    inputs: {
      xs: [
        [2, 2, 2, 2, 3],
        [2, 2, 2, 2, 3],
      ],
    },
    attrs: { axis: 3 },
  },
  { op: "slice", inputs: { x: [2, 6, 5, 4] }, attrs: { starts: [2], ends: [5], axes: [1] } },
  { op: "slice", inputs: { x: [2, 6, 5, 4] }, attrs: { starts: [1, 0, 3], ends: [2, 5, 4], axes: [0, 1, 3] } },
  { op: "slice", inputs: { x: [2, 6, 5, 4] }, attrs: { starts: [0, 1], ends: [1, 3] } },
  { op: "slice", inputs: { x: [4, 5] }, attrs: { starts: [1, 2], ends: [3, 5] } },
  { op: "slice", inputs: { x: [2, 2, 2, 2, 4] }, attrs: { starts: [1], ends: [3], axes: [4] } },
  { op: "reshape", inputs: { x: [2, 3, 4, 5] }, attrs: { shape: [2, 60] } },
  { op: "reshape", inputs: { x: [2, 3, 4, 5] }, attrs: { shape: [2, 3, 20] } },
  { op: "reshape", inputs: { x: [2, 3, 4, 5] }, attrs: { shape: [2, 6, 2, 5] } },
  { op: "reshape", inputs: { x: [2, 3, 4, 5] }, attrs: { shape: [-1] } },
  { op: "reshape", inputs: { x: [2, 60] }, attrs: { shape: [2, 3, 4, 5] } },
  { op: "reshape", inputs: { x: [2, 3, 4, 5] }, attrs: { shape: [4, 30] } },
  { op: "reshape", inputs: { x: [1] }, attrs: { shape: [] } },
  { op: "reshape", inputs: { x: [2, 4, 3, 3] }, attrs: { shape: [2, 2, 2, 3, 3] } },
  { op: "flatten", inputs: { x: [2, 3, 4, 5] } },
  { op: "flatten", inputs: { x: [2, 3, 4, 5] }, attrs: { axis: 2 } },
  { op: "flatten", inputs: { x: [2, 1, 4, 5] } },
  { op: "flatten", inputs: { x: [2, 3, 1, 1] } },
  { op: "flatten", inputs: { x: [2, 3, 4] } },
  ...[
    [0, 1, 2, 3],
    [0, 2, 3, 1],
    [0, 3, 1, 2],
    [3, 2, 1, 0],
    [1, 0, 2, 3],
    [0, 1, 3, 2],
    [2, 0, 3, 1],
  ].map((permutation): OpCase => ({ op: "transpose", inputs: { x: [2, 3, 4, 5] }, attrs: { permutation } })),
  { op: "transpose", inputs: { x: [1, 3, 1, 5] }, attrs: { permutation: [0, 3, 2, 1] } },
  { op: "transpose", inputs: { x: [4, 5] }, attrs: { permutation: [1, 0] } },
  { op: "transpose", inputs: { x: [2, 2, 3, 4, 5] }, attrs: { permutation: [0, 2, 1, 3, 4] } },
  { op: "transpose", inputs: { x: [2, 3, 2, 3, 2, 3] }, attrs: { permutation: [5, 3, 1, 4, 2, 0] } },
  { op: "transpose", inputs: { x: [] }, attrs: { permutation: [] } },
  { op: "pad2d", inputs: { x: [2, 3, 2, 4] }, attrs: { pads: [1, 0, 2, 1], value: -0 } },
  { op: "pad2d", inputs: { x: [2, 3, 4, 5] }, attrs: { pads: [1, 2, 0, 3] } },
  { op: "pad2d", inputs: { x: [2, 3, 4, 5] }, attrs: { pads: [1, 2, 0, 3], value: -Infinity } },
  { op: "pad2d", inputs: { x: [2, 3, 4, 5] }, attrs: { pads: [0, 0, 0, 0], value: 2.5 } },
  { op: "upsample", inputs: { x: [2, 3, 4, 5] }, attrs: { scales: [2, 3] } },
  { op: "upsample", inputs: { x: [1, 1, 2, 2] }, attrs: { scales: [41, 49] } },
  { op: "upsample", inputs: { x: [1, 2, 3, 3] }, attrs: { scales: [1, 2] } },
  { op: "upsample", inputs: { x: [1, 2, 3, 3] }, attrs: { scales: [1, 1] } },
];

/** Means over every combination of axes of an image. */
export const reductionCases: readonly OpCase[] = [
  ...[[0], [1], [2], [3], [2, 3], [3, 2], [1, 2], [0, 1], [0, 3], [1, 2, 3], [0, 1, 2, 3]].flatMap((axes) =>
    [false, true].map((keepDims): OpCase => ({ op: "mean", inputs: { x: [2, 3, 4, 5] }, attrs: { axes, keepDims } })),
  ),
  { op: "mean", inputs: { x: [3, 7] }, attrs: { axes: [1] } },
  { op: "mean", inputs: { x: [7] }, attrs: { axes: [0] } },
  { op: "mean", inputs: { x: [2, 2, 3, 4, 5] }, attrs: { axes: [2] } },
  { op: "mean", inputs: { x: [2, 2, 3, 4, 5] }, attrs: { axes: [1, 4], keepDims: true } },
];
