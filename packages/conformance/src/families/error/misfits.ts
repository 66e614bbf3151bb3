import type { OpName, Shape } from "@isoconv/core-spec";

/** Attributes and shapes valid one by one, that do not fit together: changes of the operation's example. */
export interface Misfit {
  readonly name: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly shapes?: Readonly<Record<string, Shape>>;
}

const kernelTooLarge = { attrs: { kernel: [9, 1], pads: [0, 0, 0, 0] } };
const windowInPadding = { attrs: { kernel: [1, 1], strides: [1, 1], pads: [1, 0, 0, 0] } };
const axisOutside = { name: "axis-outside", attrs: { axis: 4 } };

export const misfits: Readonly<Partial<Record<OpName, readonly Misfit[]>>> = {
  conv2d: [
    { name: "kernel-larger-than-input", attrs: { pads: [0, 0, 0, 0] }, shapes: { w: [4, 3, 9, 1] } },
    { name: "dilated-kernel-larger-than-input", attrs: { dilations: [1, 5] } },
    { name: "groups-not-dividing-outputs", attrs: { groups: 3 }, shapes: { w: [4, 1, 3, 3] } },
    { name: "groups-not-matching-channels", attrs: { groups: 2 } },
    { name: "other-channels", shapes: { w: [4, 2, 3, 3] } },
    { name: "bias-too-long", shapes: { bias: [5] } },
  ],
  convTranspose2d: [
    { name: "other-channels", shapes: { w: [3, 3, 3, 3] } },
    { name: "groups-not-dividing-channels", attrs: { groups: 3 } },
    { name: "bias-too-long", shapes: { bias: [4] } },
    { name: "output-pads-too-large", attrs: { outputPads: [0, 2] } },
    { name: "pads-crop-everything", attrs: { pads: [5, 0, 5, 0] } },
  ],
  linear: [
    { name: "other-features", shapes: { w: [4, 5] } },
    { name: "bias-too-long", shapes: { bias: [5] } },
  ],
  maxPool2d: [
    { name: "kernel-larger-than-input", ...kernelTooLarge },
    { name: "dilated-kernel-larger-than-input", attrs: { dilations: [5, 1] } },
    {
      name: "taps-beside-the-input",
      attrs: { kernel: [2, 2], strides: [1, 1], pads: [1, 1, 1, 1], dilations: [2, 2] },
      shapes: { x: ["N", 3, 1, 1] },
    },
    { name: "window-in-padding", ...windowInPadding },
  ],
  avgPool2d: [
    { name: "kernel-larger-than-input", ...kernelTooLarge },
    { name: "window-in-padding", ...windowInPadding },
  ],
  batchNorm: [
    { name: "mean-too-long", shapes: { mean: [4] } },
    { name: "variance-too-short", shapes: { variance: [2] } },
    { name: "scale-too-long", shapes: { scale: [4] } },
    { name: "offset-too-short", shapes: { offset: [1] } },
  ],
  layerNorm: [
    axisOutside,
    { name: "along-batch", attrs: { axis: 0 } },
    { name: "other-axis", attrs: { axis: 2 } },
    { name: "scale-too-long", shapes: { scale: [4] } },
    { name: "offset-too-short", shapes: { offset: [1] } },
  ],
  softmax: [axisOutside],
  logSoftmax: [axisOutside],
  add: [
    { name: "not-broadcasting", shapes: { b: [2, 1, 1] } },
    { name: "batch-not-first", shapes: { b: [1, 1, 3, 8, 8] } },
  ],
  mul: [{ name: "not-broadcasting", shapes: { b: ["N", 2, 1, 1] } }],
  clip: [{ name: "min-exceeds-max", attrs: { min: 7 } }],
  concat: [
    axisOutside,
    { name: "other-height", shapes: { "xs.1": ["N", 5, 7, 8] } },
    { name: "other-rank", shapes: { "xs.1": ["N", 5, 8] } },
    { name: "along-batch", attrs: { axis: 0 }, shapes: { "xs.1": ["N", 3, 8, 8] } },
  ],
  slice: [
    { name: "beyond-the-end", attrs: { ends: [7, 9] } },
    { name: "empty", attrs: { starts: [1, 8] } },
    { name: "other-lengths", attrs: { starts: [1] } },
    { name: "axis-outside", attrs: { axes: [2, 4] } },
    { name: "along-batch", attrs: { axes: [0, 3] } },
  ],
  reshape: [
    { name: "other-count", attrs: { shape: [-1, 3, 63] } },
    { name: "two-inferred", attrs: { shape: [-1, -1, 64] } },
    { name: "batch-not-first", attrs: { shape: [3, -1, 64] } },
  ],
  flatten: [axisOutside],
  transpose: [
    { name: "axis-missing", attrs: { permutation: [0, 1, 2] } },
    { name: "axis-outside", attrs: { permutation: [0, 1, 2, 4] } },
    { name: "batch-not-first", attrs: { permutation: [1, 0, 2, 3] } },
  ],
  mean: [
    { name: "no-axes", attrs: { axes: [] } },
    { name: "axis-outside", attrs: { axes: [4] } },
    { name: "over-batch", attrs: { axes: [0] } },
  ],
};
