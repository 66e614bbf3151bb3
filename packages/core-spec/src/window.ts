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
 * Output height and width: `floor((n + padBegin + padEnd − dilation·(k − 1) − 1) / stride) + 1`.
 *
 * @throws IsoconvError `INVALID_SHAPE` when the kernel is larger than the padded input, or when a window does not overlap
 *   the input at all.
 */
export function slide(input: Pair, window: Window, at: Location): Pair {
  const where = { ...at, path: "inputs.x" };
  return [slideAxis(input, window, 0, where), slideAxis(input, window, 1, where)];
}

interface Axis {
  readonly extent: number;
  readonly begin: number;
  readonly dilation: number;
  readonly stride: number;
  /** From the first tap to the last, inclusive. */
  readonly reach: number;
}

function slideAxis(input: Pair, window: Window, index: 0 | 1, at: Location): number {
  const name = index === 0 ? "height" : "width";
  const begin = window.pads[index];
  const end = window.pads[index === 0 ? 2 : 3];
  const dilation = window.dilations[index];
  const reach = dilation * (window.kernel[index] - 1) + 1;
  const axis: Axis = { extent: input[index], begin, dilation, stride: window.strides[index], reach };
  const padded = axis.extent + begin + end;
  if (reach > padded) {
    throw shapeError(
      at,
      `the kernel is larger than the padded input along the ${name}`,
      `at most ${padded} (input ${axis.extent}, pads ${begin} and ${end})`,
      reach,
      "Use a larger input, a smaller kernel or dilation, or more padding",
    );
  }
  const count = Math.floor((padded - reach) / axis.stride) + 1;
  const miss = firstMiss(axis, count);
  if (miss !== undefined) {
    throw shapeError(
      at,
      `window ${miss} along the ${name} lies wholly in the padding`,
      "every window to overlap the input",
      `input ${axis.extent}, pads ${begin} and ${end}, reach ${reach}, stride ${axis.stride}`,
      "Pad less, or pad the input explicitly with pad2d",
    );
  }
  return count;
}

/** The first window without a tap on the input: one of those that start in the padding, or the last. */
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
