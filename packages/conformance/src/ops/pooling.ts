import type { OpName } from "@isoconv/core-spec";
import { axes, batch, image, sizes } from "../families/matrix/axes.js";
import { atEachPosition, besideThePads, cancelling, cycle, summable } from "./fills.js";
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

export const pooling = {
  maxPool2d: {
    axes: pools,
    special: [
      ...placed,
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
    special: [special("large", { x: [2, 2, 8, 8] }, { x: summable }, { outputSize: [3, 2] })],
  },
} satisfies Partial<Record<OpName, OpCases>>;
