import type { Pads2d, Pair } from "./attribute.js";
import type { Location } from "./error.js";
import { shapeError } from "./op.js";

/** A sliding window over height and width. */
export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Pads2d;
  readonly dilations: Pair;
}

/**
 * Output height and width: `floor((n + padBegin + padEnd − dilation·(k − 1) − 1) / stride) + 1`. All taps of a window
 * may be in the padding, as in PyTorch's convolutions.
 *
 * @throws IsoconvError `INVALID_SHAPE` when the kernel is larger than the padded input
 */
export function slide(input: Pair, window: Window, at: Location): Pair {
  const where = { ...at, path: "inputs.x" };
  return [countAlong(axisOf(input, window, 0), where), countAlong(axisOf(input, window, 1), where)];
}

/**
 * Output height and width of a pool: as `slide`, but every window must have an element of the input, because a maximum
 * or a mean of no elements is not a finite number.
 *
 * @throws IsoconvError `INVALID_SHAPE` when the kernel is larger than the padded input, or when a window has no tap on
 *   the input
 */
export function slidePool(input: Pair, window: Window, at: Location): Pair {
  const size = slide(input, window, at);
  for (const index of [0, 1] as const) {
    checkOverlap(axisOf(input, window, index), size[index], { ...at, path: "inputs.x" });
  }
  return size;
}

interface Axis {
  readonly name: "height" | "width";
  readonly extent: number;
  readonly begin: number;
  readonly end: number;
  readonly dilation: number;
  readonly stride: number;
  /** From the first tap to the last, inclusive. */
  readonly reach: number;
}

function axisOf(input: Pair, { kernel, strides, pads, dilations }: Window, index: 0 | 1): Axis {
  return {
    name: index === 0 ? "height" : "width",
    extent: input[index],
    begin: pads[index],
    end: pads[index === 0 ? 2 : 3],
    dilation: dilations[index],
    stride: strides[index],
    reach: dilations[index] * (kernel[index] - 1) + 1,
  };
}

function countAlong({ name, extent, begin, end, stride, reach }: Axis, at: Location): number {
  const padded = extent + begin + end;
  if (reach > padded) {
    throw shapeError(
      at,
      `the kernel is larger than the padded input along the ${name}`,
      `at most ${padded} (input ${extent}, pads ${begin} and ${end})`,
      reach,
      "Use a larger input, a smaller kernel or dilation, or more padding",
    );
  }
  return Math.floor((padded - reach) / stride) + 1;
}

function checkOverlap(axis: Axis, count: number, at: Location): void {
  const miss = firstMiss(axis, count);
  if (miss === undefined) return;
  const { name, extent, begin, end, dilation, stride, reach } = axis;
  throw shapeError(
    at,
    `window ${miss} along the ${name} has no element of the input`,
    "every window of a pool to have one, for a maximum or a mean",
    `input ${extent}, pads ${begin} and ${end}, reach ${reach}, dilation ${dilation}, stride ${stride}`,
    "Pad less, dilate less, or pad the input explicitly with pad2d",
  );
}

/** The first window without a tap on the input. Only windows that start in the padding, and the last, can miss it. */
function firstMiss(axis: Axis, count: number): number | undefined {
  const inPadding = Math.min(count, Math.ceil(axis.begin / axis.stride));
  for (let index = 0; index < inPadding; index += 1) if (!overlaps(axis, index)) return index;
  return overlaps(axis, count - 1) ? undefined : count - 1;
}

function overlaps({ extent, begin, dilation, stride, reach }: Axis, index: number): boolean {
  const start = index * stride - begin;
  const firstTapInside = start >= 0 ? start : start + Math.ceil(-start / dilation) * dilation;
  return firstTapInside < extent && firstTapInside < start + reach;
}
