import type { OpName, Shape } from "@isoconv/core-spec";
import { axes, batch, image, shapeOf } from "../families/matrix/axes.js";
import { innerAxis } from "../families/property/inner-axis.js";
import { drawJoined } from "../families/property/joins.js";
import { binades, cancelling, diagonal, everything, summable } from "./fills.js";
import { axisOutside, special, upTo, type OpCases } from "./op-cases.js";

/** Operations that move elements, and `mean`, which also has axes. */
export const movement = {
  concat: {
    axes: axes(
      { rest: [[2, 3, 4], [3], [2, 1, 2, 3]], extents: [[2, 3], [1], [1, 2, 1, 4], [3, 0, 2]], axis: [0, 1, 2, 3] },
      ({ rest, extents, axis }) => ({
        xs: extents.map((extent): Shape => [...rest.slice(0, axis), extent, ...rest.slice(axis)]),
      }),
    ),
    special: [
      special(
        "many-elements",
        {
          xs: [
            [3, 90_001],
            [3, 80_002],
          ],
        },
        { "xs.0": everything([3, 90_001]), "xs.1": everything([3, 80_002]) },
        { axis: 1 },
      ),
    ],
    misfits: [
      axisOutside,
      { name: "other-height", shapes: { "xs.1": ["N", 5, 7, 8] } },
      { name: "other-rank", shapes: { "xs.1": ["N", 5, 8] } },
      { name: "along-batch", attrs: { axis: 0 }, shapes: { "xs.1": ["N", 3, 8, 8] } },
    ],
    random: {
      attributes: innerAxis,
      operands: (main, { attrs, sketch, choose }) => ({ xs: drawJoined(main, Number(attrs["axis"]), sketch, choose) }),
    },
  },
  slice: {
    axes: axes(
      {
        shape: [["N", 4, 6, 5], [6, 7], [9]],
        axes: [[2, 3], [1], [3, 1]],
        starts: [[1, 2], [0], [2, 0]],
        ends: [[4, 5], [3], [4]],
      },
      (row) => ({ x: shapeOf(row.shape) }),
    ),
    special: [
      special(
        "many-elements",
        { x: [3, 301, 127] },
        { x: everything([3, 301, 127]) },
        { axes: [1, 2], starts: [2, 4], ends: [301, 127] },
      ),
    ],
    misfits: [
      { name: "beyond-the-end", attrs: { ends: [7, 9] } },
      { name: "empty", attrs: { starts: [1, 8] } },
      { name: "other-lengths", attrs: { starts: [1] } },
      { name: "axis-outside", attrs: { axes: [2, 4] } },
      { name: "along-batch", attrs: { axes: [0, 3] } },
    ],
    random: {
      attributes: (x, _window, choose) => {
        const axis = choose([...x.keys()].slice(1));
        const extent = Number(x[axis]);
        const start = choose([0, 1, 2].filter((from) => from < extent));
        const end = choose(upTo(extent - start).toReversed()) + start;
        return { axes: [axis], starts: [start], ends: [end] };
      },
    },
  },
  reshape: {
    axes: axes(
      {
        from: [["N", 4, 6], [4, 6], [2, 3, 4], [24], [2, 0, 3], []],
        shape: [[-1, 24], [24], [-1], [4, 6], [2, -1, 3], [1, 2, 3, 4], [0, 5], []],
      },
      (row) => ({ x: shapeOf(row.from) }),
    ),
    special: [special("many-elements", { x: [61, 65, 67] }, { x: everything([61, 65, 67]) }, { shape: [67, -1] })],
    misfits: [
      { name: "other-count", attrs: { shape: [-1, 3, 63] } },
      { name: "two-inferred", attrs: { shape: [-1, -1, 64] } },
      { name: "batch-not-first", attrs: { shape: [3, -1, 64] } },
    ],
    random: { attributes: (x, _window, choose) => ({ shape: choose(otherShapes(x)) }) },
  },
  flatten: {
    axes: axes(
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
    special: [special("many-elements", { x: [61, 65, 67] }, { x: everything([61, 65, 67]) }, { axis: 1 })],
    misfits: [axisOutside],
    random: { attributes: innerAxis },
  },
  transpose: {
    axes: axes(
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
    special: [special("many-elements", { x: [257, 1031] }, { x: everything([257, 1031]) }, { permutation: [1, 0] })],
    misfits: [
      { name: "axis-missing", attrs: { permutation: [0, 1, 2] } },
      { name: "axis-outside", attrs: { permutation: [0, 1, 2, 4] } },
      { name: "batch-not-first", attrs: { permutation: [1, 0, 2, 3] } },
    ],
    random: {
      attributes: (x, _window, choose) => {
        const inner = [...x.keys()].slice(1);
        return { permutation: [0, ...choose([inner.toReversed(), rotate(inner), rotate(rotate(inner))])] };
      },
    },
  },
  pad2d: {
    axes: axes({ batch, channels: [3, 1], size: [[4, 5]], value: [-1.5], pads: [[3, 0, 0, 4]] }, (row) => ({
      x: image(row.batch, row.channels, row.size),
    })),
    special: [
      special("infinite-constant", { x: [1, 2, 2, 3] }, {}, { pads: [1, 0, 2, 1], value: -Infinity }),
      special("many-elements", { x: [3, 5, 130, 135] }, { x: everything([3, 5, 130, 135]) }, { pads: [1, 2, 0, 0] }),
      special("negative-zero-constant", { x: [1, 2, 2, 3] }, {}, { pads: [1, 0, 2, 1], value: -0 }),
    ],
    random: { limit: (limits, _operands, { value }) => Math.max(...limits, Number(value)) },
  },
  upsample: {
    axes: axes(
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
    special: [special("many-elements", { x: [1, 5, 73, 79] }, { x: everything([1, 5, 73, 79]) }, { scales: [3, 3] })],
  },
  mean: {
    axes: axes(
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
    special: [
      special("cancellation", { x: [4, 64] }, { x: cancelling }, { axes: [1] }),
      special("special-at-each-of-131", { x: [4 * 131, 131] }, { x: diagonal(2 * 131) }, { axes: [1] }),
      special("binades-over-1025", { x: [121, 1025] }, { x: binades(1025, -60, 60) }, { axes: [1] }),
      special("binades-over-257-channels", { x: [61, 257, 2, 3] }, { x: binades(257 * 6, -60, 60) }, { axes: [1] }),
      special("large", { x: [4, 64] }, { x: summable }, { axes: [1] }),
    ],
    misfits: [
      { name: "no-axes", attrs: { axes: [] } },
      { name: "axis-outside", attrs: { axes: [4] } },
      { name: "over-batch", attrs: { axes: [0] } },
    ],
    random: {
      attributes: (x, _window, choose) => {
        const inner = [...x.keys()].slice(1);
        return { axes: choose([[x.length - 1], inner, inner.slice(0, 1), inner.slice(-2)]) };
      },
    },
  },
} satisfies Partial<Record<OpName, OpCases>>;

function rotate(list: readonly number[]): readonly number[] {
  return [...list.slice(1), ...list.slice(0, 1)];
}

/** Other shapes with as many elements and the same batch. */
function otherShapes(x: Shape): readonly (readonly number[])[] {
  const rest = x.slice(1).map(Number);
  const count = rest.reduce((product, extent) => product * extent, 1);
  const halves = count % 2 === 0 ? [[-1, 2, count / 2]] : [];
  return [[-1, count], [-1, ...rest.toReversed()], [-1, 1, count], ...halves];
}
