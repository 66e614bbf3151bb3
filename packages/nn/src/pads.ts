import type { Pads2d, Pair } from "@isoconv/core-spec";

/**
 * PyTorch's implicit paddings as explicit pads. `n` is the input's extent along one axis, `k` the kernel, `s` the stride,
 * `p` the padding on either side, `d` the dilation.
 */
export interface PoolWindow {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: Pair;
  readonly dilations: Pair;
  readonly ceilMode: boolean;
}

/**
 * The pads of a pool: `padding` on every side and, with `ceilMode`, more at the bottom and right where the last window
 * extends beyond it. A last window that would start beyond the input and its left padding is dropped, as in PyTorch's
 * `pooling_output_shape` (ATen/native/Pool.h): 5 elements, k 2, s 2, p 1 give 3 windows, not 4.
 */
export function poolPads(input: Pair, window: PoolWindow): Pads2d {
  const end = (axis: 0 | 1): number => window.padding[axis] + overhang(input[axis], window, axis);
  return [window.padding[0], window.padding[1], end(0), end(1)];
}

/** How far the last window extends beyond the padded input. */
function overhang(n: number, { kernel, strides, padding, dilations, ceilMode }: PoolWindow, axis: 0 | 1): number {
  if (!ceilMode) return 0;
  const p = padding[axis];
  const s = strides[axis];
  const reach = dilations[axis] * (kernel[axis] - 1) + 1;
  const count = Math.ceil((n + 2 * p - reach) / s) + 1;
  const lastStart = (count - 1) * s;
  const isDropped = lastStart >= n + p;
  return isDropped ? 0 : Math.max(0, lastStart + reach - (n + 2 * p));
}

/**
 * Pads that give `ceil(n / s)` windows; an odd remainder goes to the bottom and right (ONNX's SAME_UPPER, TensorFlow's
 * SAME). With stride 1 these are the pads of PyTorch's `padding="same"`.
 */
export function samePads(
  input: Pair,
  { kernel, strides, dilations }: Pick<PoolWindow, "kernel" | "strides" | "dilations">,
): Pads2d {
  const total = (axis: 0 | 1): number => {
    const reach = dilations[axis] * (kernel[axis] - 1) + 1;
    return Math.max(0, (Math.ceil(input[axis] / strides[axis]) - 1) * strides[axis] + reach - input[axis]);
  };
  const [height, width] = [total(0), total(1)];
  return [Math.floor(height / 2), Math.floor(width / 2), Math.ceil(height / 2), Math.ceil(width / 2)];
}
