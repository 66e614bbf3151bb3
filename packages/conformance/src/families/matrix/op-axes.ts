import type { OpName, Shape } from "@isoconv/core-spec";
import type { Axes, Row } from "./covering-array.js";

/** A value of an axis: an attribute's, or what operands are made of. */
export type Choice = number | boolean | string | readonly (number | string)[];

/** Equal for equal values only; JSON would confuse ∞ and −∞. */
export function choiceKey(value: Choice | undefined): string {
  return typeof value === "object" ? `[${value.map(String).join()}]` : `${typeof value} ${String(value)}`;
}

/** Operand shapes by name, a list for an operand that takes several. */
export type Shapes = Readonly<Record<string, Shape | readonly Shape[] | undefined>>;

/**
 * What is varied for one operation beside the boundary values of its attributes, which come from the registry. An axis
 * named like an attribute adds values to that attribute's.
 */
export interface OpAxes {
  readonly axes: Axes<Choice>;
  /** The operands' shapes; a row that no shapes fit is refused by the graph builder. */
  shapes(row: Row<Choice>): Shapes;
}

function axes<const A extends Axes<Choice>>(
  varied: A,
  shapes: (row: { readonly [K in keyof A]: A[K][number] }) => Shapes,
): OpAxes {
  return { axes: varied, shapes };
}

/** Batches: known only when the graph runs (2), fixed, and one. */
const batch = ["N", 3, 1] as const;
/** Height and width, never equal by accident. */
const sizes = [
  [11, 9],
  [8, 7],
] as const;

const image = (batchSize: number | string, channels: number, [height, width]: readonly number[]): Shape => [
  batchSize === "N" ? "N" : Number(batchSize),
  channels,
  height,
  width,
];
const shapeOf = (extents: readonly (number | string)[]): Shape =>
  extents.map((extent) => (extent === "N" ? "N" : Number(extent)));

const images = axes({ batch, channels: [3, 1], size: sizes }, (row) => ({
  x: image(row.batch, row.channels, row.size),
}));

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

const alongAxis = axes({ shape: [["N", 10], [3, 1, 4], ["N", 5, 2, 3], [129], [2, 0, 3]], axis: [0, 1, 2] }, (row) => ({
  x: shapeOf(row.shape),
}));

/** What `ceil` comes to when pads are explicit: the last window hangs over the bottom and the right. */
const overhang = [
  [0, 0, 1, 1],
  [1, 1, 2, 2],
] as const;

/** The axes of every operation. */
export const opAxes = {
  conv2d: axes(
    {
      batch,
      size: sizes,
      kernel: [
        [3, 3],
        [1, 1],
        [2, 3],
        [5, 2],
      ],
      inPerGroup: [1, 3],
      outPerGroup: [2, 1],
      groups: [4],
      bias: [true, false],
    },
    ({ batch, size, kernel, inPerGroup, outPerGroup, groups, bias }) => ({
      x: image(batch, inPerGroup * groups, size),
      w: [outPerGroup * groups, inPerGroup, kernel[0], kernel[1]],
      bias: bias ? [outPerGroup * groups] : undefined,
    }),
  ),
  convTranspose2d: axes(
    {
      batch,
      size: [
        [4, 5],
        [3, 2],
      ],
      kernel: [
        [3, 3],
        [1, 1],
        [2, 3],
      ],
      inPerGroup: [1, 3],
      outPerGroup: [2, 1],
      bias: [true, false],
      groups: [1, 2],
    },
    ({ batch, size, kernel, inPerGroup, outPerGroup, groups, bias }) => ({
      x: image(batch, inPerGroup * groups, size),
      w: [inPerGroup * groups, outPerGroup, kernel[0], kernel[1]],
      bias: bias ? [outPerGroup * groups] : undefined,
    }),
  ),
  linear: axes(
    {
      leading: [["N"], [1], ["N", 3], [2, 1, 3], [0]],
      inFeatures: [5, 1, 300],
      outFeatures: [4, 1],
      bias: [true, false],
    },
    ({ leading, inFeatures, outFeatures, bias }) => ({
      x: [...shapeOf(leading), inFeatures],
      w: [outFeatures, inFeatures],
      bias: bias ? [outFeatures] : undefined,
    }),
  ),
  maxPool2d: axes(
    {
      batch,
      channels: [3, 1],
      size: sizes,
      pads: overhang,
      kernel: [
        [2, 2],
        [3, 3],
      ],
    },
    (row) => ({
      x: image(row.batch, row.channels, row.size),
    }),
  ),
  avgPool2d: axes(
    {
      batch,
      channels: [3, 1],
      size: sizes,
      pads: overhang,
      kernel: [
        [2, 2],
        [3, 3],
      ],
    },
    (row) => ({
      x: image(row.batch, row.channels, row.size),
    }),
  ),
  globalAvgPool2d: images,
  adaptiveAvgPool2d: axes(
    {
      batch,
      channels: [3, 1],
      size: [
        [11, 9],
        [8, 7],
        [2, 1],
      ],
      outputSize: [
        [3, 4],
        [5, 5],
        [7, 2],
      ],
    },
    (row) => ({ x: image(row.batch, row.channels, row.size) }),
  ),
  batchNorm: axes(
    { batch, channels: [3, 1], size: sizes, scale: [true, false], offset: [true, false] },
    ({ batch, channels, size, scale, offset }) => ({
      x: image(batch, channels, size),
      mean: [channels],
      variance: [channels],
      scale: scale ? [channels] : undefined,
      offset: offset ? [channels] : undefined,
    }),
  ),
  lrn: axes({ batch, channels: [8, 3, 1], plane: [[4, 3]], size: [3, 4, 5] }, (row) => ({
    x: image(row.batch, row.channels, row.plane),
  })),
  softmax: alongAxis,
  logSoftmax: alongAxis,
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
  concat: axes(
    { rest: [[2, 3, 4], [3], [2, 1, 2, 3]], extents: [[2, 3], [1], [1, 2, 1, 4], [3, 0, 2]], axis: [0, 1, 2, 3] },
    ({ rest, extents, axis }) => ({
      xs: extents.map((extent): Shape => [...rest.slice(0, axis), extent, ...rest.slice(axis)]),
    }),
  ),
  slice: axes(
    {
      shape: [["N", 4, 6, 5], [6, 7], [9]],
      axes: [[2, 3], [1], [3, 1]],
      starts: [[1, 2], [0], [2, 0]],
      ends: [[4, 5], [3], [4]],
    },
    (row) => ({ x: shapeOf(row.shape) }),
  ),
  reshape: axes(
    {
      from: [["N", 4, 6], [4, 6], [2, 3, 4], [24], [2, 0, 3], []],
      shape: [[-1, 24], [24], [-1], [4, 6], [2, -1, 3], [1, 2, 3, 4], [0, 5], []],
    },
    (row) => ({ x: shapeOf(row.from) }),
  ),
  flatten: axes(
    {
      shape: [
        ["N", 3, 4, 5],
        [2, 7],
        [2, 3, 1, 2, 4],
        [2, 0, 3],
      ],
      axis: [3],
    },
    (row) => ({
      x: shapeOf(row.shape),
    }),
  ),
  transpose: axes(
    {
      shape: [["N", 3, 4, 5], [2, 3, 4], [3, 5], [7], [2, 1, 2, 3, 2]],
      permutation: [
        [0, 2, 3, 1],
        [0, 3, 1, 2],
        [0, 1, 3, 2],
        [3, 2, 1, 0],
        [2, 0, 1],
        [1, 2, 0],
        [1, 0],
        [4, 2, 0, 3, 1],
      ],
    },
    (row) => ({ x: shapeOf(row.shape) }),
  ),
  pad2d: axes({ batch, channels: [3, 1], size: [[4, 5]], value: [-1.5], pads: [[3, 0, 0, 4]] }, (row) => ({
    x: image(row.batch, row.channels, row.size),
  })),
  upsample: axes(
    {
      batch,
      channels: [3, 1],
      size: [
        [4, 5],
        [1, 3],
      ],
      scales: [
        [3, 3],
        [4, 1],
      ],
    },
    (row) => ({
      x: image(row.batch, row.channels, row.size),
    }),
  ),
  mean: axes(
    {
      shape: [
        ["N", 3, 4, 5],
        [2, 7],
        [2, 3, 1, 2, 4],
      ],
      axes: [[2, 3], [1], [0, 2], [3, 1], [0, 1, 2, 3]],
    },
    (row) => ({ x: shapeOf(row.shape) }),
  ),
  dropout: anyShape,
} satisfies { readonly [K in OpName]: OpAxes };
