import type { OpName } from "@isoconv/core-spec";
import { reals } from "@isoconv/judge";
import { axes, batch, image, sizes } from "../families/matrix/axes.js";
import {
  atEachPosition,
  besideThePads,
  binades,
  cancelling,
  cycle,
  diagonal,
  everyMagnitude,
  interspersed,
  NON_FINITE,
  SPECIAL,
  specialAmong,
  summable,
} from "./fills.js";
import { special, type OpCases } from "./op-cases.js";

const images = axes({ batch, channels: [3, 1], size: sizes }, (row) => ({
  x: image(row.batch, row.channels, row.size),
}));

/** `ceil` as explicit pads: the last window overhangs the bottom and the right. */
const overhang = [
  [0, 0, 1, 1],
  [1, 1, 2, 2],
] as const;

const pools = axes(
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
);

const kernelTooLarge = { attrs: { kernel: [9, 1], pads: [0, 0, 0, 0] } };
const windowInPadding = { attrs: { kernel: [1, 1], strides: [1, 1], pads: [1, 0, 0, 0] } };

/** Special values at each position of a window, and next to the pads. */
const placed = [
  ...atEachPosition.map(({ name, x }) =>
    special(name, { x: [6, 1, 2, 6] }, { x }, { kernel: [2, 3], strides: [2, 3] }),
  ),
  ...besideThePads.map(({ name, x }) =>
    special(name, { x: [4, 1, 5, 5] }, { x }, { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  ),
];

const window3 = { kernel: [3, 3], pads: [1, 1, 1, 1] };

export const pooling = {
  maxPool2d: {
    axes: pools,
    special: [
      ...placed,
      // Most windows have one special value or none.
      special("wide", { x: [1, 5, 9, 131] }, { x: specialAmong(everyMagnitude, 5 * 9 * 131, 29, SPECIAL) }, window3),
      special("many-channels", { x: [1, 65, 7, 9] }, { x: interspersed(everyMagnitude, SPECIAL, 29) }, window3),
      special(
        "all-negative-beside-the-pads",
        { x: [2, 2, 5, 5] },
        { x: cycle(-1, -2, -3, -1e30) },
        { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
      ),
      special(
        "all-minus-infinity",
        { x: [2, 2, 4, 4] },
        { x: cycle(-Infinity) },
        { kernel: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1] },
      ),
    ],
    misfits: [
      { name: "kernel-larger-than-input", ...kernelTooLarge },
      { name: "dilated-kernel-larger-than-input", attrs: { dilations: [5, 1] } },
      {
        name: "taps-beside-the-input",
        attrs: { kernel: [2, 2], strides: [1, 1], pads: [1, 1, 1, 1], dilations: [2, 2] },
        shapes: { x: ["N", 3, 1, 1] },
      },
      { name: "window-in-padding", ...windowInPadding },
    ],
    random: { attributes: (_x, window) => ({ ...window }) },
  },
  avgPool2d: {
    axes: pools,
    special: [
      ...placed,
      special("wide", { x: [1, 5, 9, 131] }, { x: specialAmong(reals, 5 * 9 * 131, 29) }, window3),
      special("many-channels", { x: [1, 65, 7, 9] }, { x: interspersed(reals, NON_FINITE, 29) }, window3),
      special("binades-of-65-channels", { x: [61, 65, 3, 3] }, { x: binades(65 * 9, -60, 60) }, window3),
      special("cancellation", { x: [2, 2, 6, 6] }, { x: cancelling }, { kernel: [3, 3] }),
      special("large", { x: [2, 2, 6, 6] }, { x: summable }, { kernel: [3, 3], pads: [1, 1, 1, 1] }),
    ],
    misfits: [
      { name: "kernel-larger-than-input", ...kernelTooLarge },
      { name: "window-in-padding", ...windowInPadding },
    ],
    random: { attributes: (_x, window) => ({ ...window }) },
  },
  globalAvgPool2d: {
    axes: images,
    special: [
      special("cancellation", { x: [2, 2, 8, 8] }, { x: cancelling }),
      // Every other plane has one special value: at each of its elements, in one plane or another.
      special("each-of-135-elements", { x: [6, 137, 9, 15] }, { x: diagonal(2 * 135) }),
      special("some-of-1025-elements", { x: [2, 17, 25, 41] }, { x: diagonal(1025, 101) }),
      special("binades-of-1025-elements", { x: [5, 65, 25, 41] }, { x: binades(1025, -60, 60) }),
      special("large", { x: [2, 2, 8, 8] }, { x: summable }),
    ],
  },
  adaptiveAvgPool2d: {
    axes: axes(
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
    special: [
      special("large", { x: [2, 2, 8, 8] }, { x: summable }, { outputSize: [3, 2] }),
      special(
        "many-channels",
        { x: [1, 65, 9, 17] },
        { x: interspersed(reals, NON_FINITE, 101) },
        { outputSize: [2, 3] },
      ),
      special(
        "binades-of-17-channels",
        { x: [61, 17, 5, 7] },
        { x: binades(17 * 35, -60, 60) },
        { outputSize: [1, 2] },
      ),
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
