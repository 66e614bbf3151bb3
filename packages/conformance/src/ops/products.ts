import type { OpName, Shape } from "@isoconv/core-spec";
import { positives, reals } from "@isoconv/judge";
import { axes, batch, image, shapeOf, sizes } from "../families/matrix/axes.js";
import type { Choose } from "../families/property/choose.js";
import type { DrawnWindow } from "../families/property/draw-window.js";
import { elementCountOf } from "../families/property/small.js";
import {
  atEachPosition,
  besideThePads,
  binades,
  cancelling,
  cycle,
  diagonal,
  interspersed,
  LARGE,
  NON_FINITE,
  specialAmong,
} from "./fills.js";
import { shapeOfOperand, special, upTo, type OpCases, type RandomAttributes } from "./op-cases.js";

function groupedWindow(x: Shape, window: DrawnWindow, choose: Choose): RandomAttributes {
  return { ...window, groups: choose(upTo(Number(x[1])).filter((groups) => Number(x[1]) % groups === 0)) };
}

/** The limit of a sum of as many products as `taps` has elements, with weights and bias of at most 1. */
function dotProductLimit(limits: readonly number[], taps: Shape): number {
  return Math.max(...limits) * elementCountOf(taps) + 1;
}

/** Special values in some weights and biases; other results have none. */
const specialParameters = { w: interspersed(reals, NON_FINITE, 36), bias: specialAmong(reals, 65, 7) };

/** Operations that sum products of data and weights. */
export const products = {
  conv2d: {
    axes: axes(
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
    special: [
      ...atEachPosition.map(({ name, x }) =>
        special(name, { x: [6, 1, 2, 6], w: [2, 1, 2, 3] }, { x }, { strides: [2, 3] }),
      ),
      ...besideThePads.map(({ name, x }) =>
        special(name, { x: [4, 1, 5, 5], w: [2, 1, 3, 3] }, { x }, { strides: [2, 2], pads: [1, 1, 1, 1] }),
      ),
      special("cancellation", { x: [2, 8, 4, 4], w: [3, 8, 3, 3] }, { x: cancelling, w: cycle(1, 1, 2, 2) }),
      special("huge", { x: [2, 2, 4, 4], w: [3, 2, 3, 3] }, { x: cycle(LARGE, 2 * LARGE), w: positives }),
      special(
        "subnormal-products",
        { x: [2, 2, 4, 4], w: [3, 2, 2, 2] },
        { x: cycle(2 ** -70, 3 * 2 ** -71), w: cycle(2 ** -70, 2 ** -60) },
      ),
      special(
        "infinity-times-zero",
        { x: [2, 2, 3, 3], w: [2, 2, 2, 2] },
        { x: cycle(1, Infinity, 2), w: cycle(0, 1) },
      ),
      // One special value in each channel of an image, each for another result.
      special("each-of-65-channels", { x: [3, 65, 3, 67], w: [5, 65, 1, 1] }, { x: diagonal(3 * 67) }),
      special("each-of-17-channels", { x: [3, 17, 3, 69], w: [4, 17, 3, 3] }, { x: diagonal(3 * 69, 4) }),
      special("each-of-65-groups", { x: [2, 65, 5, 19], w: [65, 1, 3, 3] }, { x: diagonal(89) }, { groups: 65 }),
      special("special-parameters", { x: [1, 17, 3, 5], w: [65, 17, 1, 1], bias: [65] }, specialParameters),
      special("binades-of-65-channels", { x: [61, 65, 4, 5], w: [5, 65, 3, 3] }, { x: binades(65 * 20, -30, 30) }),
      special("binades-of-1025-channels", { x: [61, 1025, 1, 2], w: [5, 1025, 1, 1] }, { x: binades(2050, -30, 30) }),
      special("binades-of-weights", { x: [2, 17, 4, 5], w: [61, 17, 3, 3] }, { w: binades(17 * 9, -30, 30) }),
    ],
    misfits: [
      { name: "kernel-larger-than-input", attrs: { pads: [0, 0, 0, 0] }, shapes: { w: [4, 3, 9, 1] } },
      { name: "dilated-kernel-larger-than-input", attrs: { dilations: [1, 5] } },
      { name: "groups-not-dividing-outputs", attrs: { groups: 3 }, shapes: { w: [4, 1, 3, 3] } },
      { name: "groups-not-matching-channels", attrs: { groups: 2 } },
      { name: "other-channels", shapes: { w: [4, 2, 3, 3] } },
      { name: "bias-too-long", shapes: { bias: [5] } },
    ],
    random: {
      attributes: groupedWindow,
      operands: (main, { attrs, window: { kernel }, choose, parameter, maybe }) => {
        const groups = Number(attrs["groups"]);
        const out = groups * choose([1, 2, 3]);
        const w = parameter("w", [out, Number(main.shape[1]) / groups, ...kernel]);
        return { x: main, w, ...maybe("bias", [out]) };
      },
      limit: (limits, operands) => dotProductLimit(limits, shapeOfOperand(operands, "w").slice(1)),
    },
  },
  convTranspose2d: {
    axes: axes(
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
    special: [
      special("each-of-65-channels", { x: [3, 65, 3, 67], w: [65, 5, 1, 1] }, { x: diagonal(3 * 67) }),
      special("each-of-17-channels", { x: [3, 17, 1, 69], w: [17, 4, 2, 2] }, { x: diagonal(69, 4) }),
      special("special-parameters", { x: [1, 17, 3, 5], w: [17, 65, 1, 1], bias: [65] }, specialParameters),
      special("binades-of-65-channels", { x: [61, 65, 3, 4], w: [65, 5, 3, 3] }, { x: binades(65 * 12, -30, 30) }),
    ],
    misfits: [
      { name: "other-channels", shapes: { w: [3, 3, 3, 3] } },
      { name: "groups-not-dividing-channels", attrs: { groups: 3 } },
      { name: "bias-too-long", shapes: { bias: [4] } },
      { name: "output-pads-too-large", attrs: { outputPads: [0, 2] } },
      { name: "pads-crop-everything", attrs: { pads: [5, 0, 5, 0] } },
    ],
    random: {
      attributes: groupedWindow,
      operands: (main, { attrs, window: { kernel }, choose, parameter, maybe }) => {
        const perGroup = choose([1, 2, 3]);
        const w = parameter("w", [Number(main.shape[1]), perGroup, ...kernel]);
        return { x: main, w, ...maybe("bias", [perGroup * Number(attrs["groups"])]) };
      },
      limit: (limits, operands) => dotProductLimit(limits, shapeOfOperand(operands, "w").toSpliced(1, 1)),
    },
  },
  linear: {
    axes: axes(
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
    special: [
      special("cancellation", { x: [3, 64], w: [4, 64], bias: [4] }, { x: cancelling, w: cycle(1, 1, 2, 2) }),
      special("huge", { x: [3, 8], w: [4, 8] }, { x: cycle(LARGE, 2 * LARGE), w: positives }),
      special("each-of-65-features", { x: [3 * 65, 65], w: [5, 65] }, { x: diagonal(65) }),
      special("some-of-1025-features", { x: [27, 1025], w: [5, 1025] }, { x: diagonal(1025, 40) }),
      special("special-parameters", { x: [5, 17], w: [65, 17], bias: [65] }, specialParameters),
      special("binades-of-1025-features", { x: [61, 1025], w: [9, 1025] }, { x: binades(1025, -30, 30) }),
      special("binades-of-weights", { x: [5, 65], w: [61, 65] }, { w: binades(65, -30, 30) }),
    ],
    misfits: [
      { name: "other-features", shapes: { w: [4, 5] } },
      { name: "bias-too-long", shapes: { bias: [5] } },
    ],
    random: {
      operands: (main, { choose, parameter, maybe }) => {
        const out = choose([1, 2, 3, 7]);
        return { x: main, w: parameter("w", [out, Number(main.shape.at(-1))]), ...maybe("bias", [out]) };
      },
      limit: (limits, operands) => dotProductLimit(limits, shapeOfOperand(operands, "w").slice(1)),
    },
  },
} satisfies Partial<Record<OpName, OpCases>>;
