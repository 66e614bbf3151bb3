import type { Shape } from "@isoconv/core-spec";
import { axes, shapeOf } from "./axes.js";

const alongAxis = axes({ shape: [["N", 10], [3, 1, 4], ["N", 5, 2, 3], [129], [2, 0, 3]], axis: [0, 1, 2] }, (row) => ({
  x: shapeOf(row.shape),
}));

/** Operations that know axes rather than images. */
export const tensorAxes = {
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
  layerNorm: axes(
    {
      shape: [
        ["N", 10],
        [3, 1, 4],
        ["N", 5, 2, 3],
        [2, 129],
        [2, 0, 3],
        [2, 3, 2, 3, 2],
      ],
      axis: [0, 1, 2, 3],
      scale: [true, false],
      offset: [true, false],
    },
    ({ shape, axis, scale, offset }) => {
      const x = shapeOf(shape);
      const parameters = [Number(x[axis] ?? 1)];
      return { x, scale: scale ? parameters : undefined, offset: offset ? parameters : undefined };
    },
  ),
  softmax: alongAxis,
  logSoftmax: alongAxis,
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
};
