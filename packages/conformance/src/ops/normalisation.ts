import type { OpName, Shape } from "@isoconv/core-spec";
import { positives, reals } from "@isoconv/judge";
import { axes, batch, image, shapeOf, sizes } from "../families/matrix/axes.js";
import type { Choose } from "../families/property/choose.js";
import { innerAxis } from "../families/property/inner-axis.js";
import {
  binades,
  cycle,
  diagonal,
  farFromZero,
  farthest,
  interspersed,
  magnitudes,
  NON_FINITE,
  powers,
  specialAmong,
} from "./fills.js";
import { axisOutside, shapeOfOperand, special, type OpCases, type RandomAttributes } from "./op-cases.js";

const statistics = { x: [2, 3, 4, 5], mean: [3], variance: [3], scale: [3], offset: [3] };
const lines = { x: [2, 7, 3, 4], scale: [7], offset: [7] };
const pixels = { axis: 1, epsilon: 1e-5 };

const alongAxis = axes({ shape: [["N", 10], [3, 1, 4], ["N", 5, 2, 3], [129], [2, 0, 3]], axis: [0, 1, 2] }, (row) => ({
  x: shapeOf(row.shape),
}));

const channels65 = { x: [3, 65, 37, 37], mean: [65], variance: [65], scale: [65], offset: [65] };
const lastAxis = { axis: 1, epsilon: 1e-5 };

/** Lines of softmax and logSoftmax: the maximum, or a special value, at each element; and exponents of every size. */
const longLines = [
  special("largest-at-each-of-131", { x: [131, 131] }, { x: diagonal(131, 1, [200]) }, { axis: 1 }),
  special("largest-at-some-of-4097", { x: [17, 4097] }, { x: diagonal(4097, 241, [200]) }, { axis: 1 }),
  special("largest-at-some-of-513-channels", { x: [2, 513, 2, 3] }, { x: diagonal(6 * 85, 1, [200]) }, { axis: 1 }),
  special("special-at-each-of-131", { x: [3 * 131, 131] }, { x: diagonal(131) }, { axis: 1 }),
  special("every-difference", { x: [9, 1025] }, { x: { kind: "uniform", low: -90, high: 0 } }, { axis: 1 }),
  special("every-small-difference", { x: [129, 65] }, { x: { kind: "uniform", low: -12, high: 0 } }, { axis: 1 }),
];

function anyAxis(x: Shape, _window: unknown, choose: Choose): RandomAttributes {
  return { axis: choose([...x.keys()].toReversed()) };
}

export const normalisation = {
  batchNorm: {
    axes: axes(
      { batch, channels: [3, 1], size: sizes, scale: [true, false], offset: [true, false] },
      ({ batch, channels, size, scale, offset }) => ({
        x: image(batch, channels, size),
        mean: [channels],
        variance: [channels],
        scale: scale ? [channels] : undefined,
        offset: offset ? [channels] : undefined,
      }),
    ),
    special: [
      special("tiny-variance", statistics, { variance: cycle(1e-10, 1e-12, 0) }, { epsilon: 1e-5 }),
      special("tiny-variance-and-epsilon", statistics, { variance: cycle(1e-10, 1e-12, 1e-14) }, { epsilon: 1e-12 }),
      special(
        "mean-far-away",
        statistics,
        { x: { kind: "uniform", low: 999, high: 1001 }, mean: cycle(1000), variance: positives },
        { epsilon: 1e-5 },
      ),
      special("large", statistics, { x: cycle(1e38, -1e38, 2e38, 1), variance: positives }, { epsilon: 1e-5 }),
      special(
        "many-elements",
        channels65,
        { x: specialAmong(magnitudes(-126, 100), 3 * 65 * 37 * 37, 67) },
        { epsilon: 1e-5 },
      ),
      special(
        "every-variance",
        { ...channels65, x: [4, 65, 5, 7] },
        { variance: powers(-32, 32), mean: binades(1, -12, 12), x: binades(35, -20, 20) },
        { epsilon: 1e-9 },
      ),
      special(
        // Not an infinite mean or scale: a folded scale · mean makes NaN of them.
        "special-parameters",
        { ...channels65, x: [2, 65, 3, 5] },
        {
          mean: interspersed(reals, [Number.NaN], 11),
          scale: interspersed(reals, [Number.NaN], 5),
          offset: interspersed(reals, NON_FINITE, 7),
        },
        { epsilon: 1e-5 },
      ),
    ],
    misfits: [
      { name: "mean-too-long", shapes: { mean: [4] } },
      { name: "variance-too-short", shapes: { variance: [2] } },
      { name: "scale-too-long", shapes: { scale: [4] } },
      { name: "offset-too-short", shapes: { offset: [1] } },
    ],
    random: {
      operands: (main, { parameter, maybe }) => {
        const channels = [Number(main.shape[1])];
        const statistics = { mean: parameter("mean", channels), variance: parameter("variance", channels) };
        return { x: main, ...statistics, ...maybe("scale", channels), ...maybe("offset", channels) };
      },
      // The variance is at least 1/2.
      limit: (limits) => 1.5 * (Math.max(...limits) + 1) + 1,
    },
  },
  layerNorm: {
    axes: axes(
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
    special: [
      special("constant-lines", lines, { x: cycle(3, 3, 3, 3, 3) }, pixels),
      special("tiny-variance", lines, { x: cycle(1e-4, -2e-4, 0, 3e-4) }, pixels),
      special(
        "tiny-variance-and-epsilon",
        lines,
        { x: cycle(1e-6, -2e-6, 3e-6) },
        {
          ...pixels,
          epsilon: 1e-12,
        },
      ),
      special("mean-far-away", lines, { x: { kind: "uniform", low: 999, high: 1001 } }, pixels),
      special("one-element", { x: [3, 1], scale: [1], offset: [1] }, { x: cycle(1e4, -3, 0) }, pixels),
      special("large", lines, { x: cycle(1e8, -2e8, 3, -1e8, 5e7) }, pixels),
      ...[65, 257, 1025, 4097].map((extent) =>
        special(`mean-far-away-over-${extent}`, { x: [9, extent] }, { x: farFromZero(extent, 4, 12) }, lastAxis),
      ),
      special("mean-far-away-over-257-channels", { x: [9, 257, 2, 3] }, { x: farFromZero(257 * 6, 4, 12) }, lastAxis),
      special(
        "special-at-each-of-131",
        { x: [4 * 131, 131], scale: [131], offset: [131] },
        { x: diagonal(2 * 131) },
        lastAxis,
      ),
      special("binades-over-257", { x: [61, 257], scale: [257] }, { x: binades(257, -30, 30) }, lastAxis),
      special(
        "special-parameters",
        { x: [3, 65], scale: [65], offset: [65] },
        { scale: interspersed(reals, [Number.NaN], 5), offset: interspersed(reals, NON_FINITE, 7) },
        lastAxis,
      ),
    ],
    misfits: [
      axisOutside,
      { name: "along-batch", attrs: { axis: 0 } },
      { name: "other-axis", attrs: { axis: 2 } },
      { name: "scale-too-long", shapes: { scale: [4] } },
      { name: "offset-too-short", shapes: { offset: [1] } },
    ],
    random: {
      attributes: innerAxis,
      operands: (main, { attrs, maybe }) => {
        const extent = [Number(main.shape[Number(attrs["axis"])])];
        return { x: main, ...maybe("scale", extent), ...maybe("offset", extent) };
      },
      // No deviation is larger than √n times the standard deviation.
      limit: (_limits, operands, attrs) => Math.sqrt(Number(shapeOfOperand(operands, "x")[Number(attrs["axis"])])) + 1,
    },
  },
  lrn: {
    axes: axes({ batch, channels: [8, 3, 1], plane: [[4, 3]], size: [3, 4, 5] }, (row) => ({
      x: image(row.batch, row.channels, row.plane),
    })),
    special: [
      special("large", { x: [2, 7, 3, 3] }, { x: cycle(1e4, -2e4, 3, -1e4) }, { size: 5, alpha: 1 }),
      special("tiny", { x: [2, 7, 3, 3] }, { x: cycle(1e-20, -1e-20, 1e-30) }, { size: 3, alpha: 1 }),
      special(
        "many-channels",
        { x: [1, 65, 5, 11] },
        { x: specialAmong(reals, 65 * 5 * 11, 101) },
        { size: 5, alpha: 1 },
      ),
      special("binades-of-65-channels", { x: [41, 65, 2, 3] }, { x: binades(65 * 6, -20, 20) }, { size: 5 }),
    ],
    random: {
      limit: (limits, _operands, { bias, beta }) => Math.max(...limits) * Math.max(1, Number(bias) ** -Number(beta)),
    },
  },
  softmax: {
    axes: alongAxis,
    special: [
      ...longLines,
      special("far-apart", { x: [3, 5] }, { x: cycle(1e4, -1e4, 9999, 0, 1e4, -3) }, { axis: 1 }),
      special("all-large", { x: [2, 6] }, { x: { kind: "uniform", low: 9999, high: 10_001 } }, { axis: 1 }),
      special("all-very-negative", { x: [2, 6] }, { x: { kind: "uniform", low: -10_001, high: -9999 } }, { axis: 1 }),
      special("largest-differences", { x: [3, 4] }, { x: farthest }, { axis: 1 }),
    ],
    misfits: [axisOutside],
    random: { attributes: anyAxis },
  },
  logSoftmax: {
    axes: alongAxis,
    special: [
      ...longLines,
      special("far-apart", { x: [3, 5] }, { x: cycle(1e4, -1e4, 9999, 0, 1e4, -3) }, { axis: 1 }),
      special("all-large", { x: [2, 6] }, { x: { kind: "uniform", low: 9999, high: 10_001 } }, { axis: 1 }),
      special("largest-differences", { x: [3, 4] }, { x: farthest }, { axis: 1 }),
      special("certain", { x: [3, 4] }, { x: cycle(200, 0, -200, 1) }, { axis: 1 }),
    ],
    misfits: [axisOutside],
    random: { attributes: anyAxis, limit: (limits) => 2 * Math.max(...limits) + 10 },
  },
} satisfies Partial<Record<OpName, OpCases>>;
