import type { Pads2d, Pair } from "../attribute.js";
import type { Shape } from "../shape.js";

/**
 * The receptive field of a tensor's elements along the image's height, or along its width: element i along `axis` depends
 * on the pixels `first + i·step` to `last + i·step`, some of which may lie in the padding.
 */
export interface AxisField {
  /** The tensor's axis that runs along the image; absent where none does, as after a global pool. */
  readonly axis: number | undefined;
  /** Pixels from one element to the next. */
  readonly step: number;
  readonly first: number;
  readonly last: number;
}

/** Of a tensor that does not depend on the image. */
export const NO_FIELD: AxisField = Object.freeze({ axis: undefined, step: 0, first: Infinity, last: -Infinity });

/** Of a tensor whose every element may depend on the whole image. */
export const WHOLE_FIELD: AxisField = Object.freeze({ axis: undefined, step: 0, first: -Infinity, last: Infinity });

/** The field of elements that each depend on every element of a tensor. */
export function fieldOfAll(field: AxisField): AxisField {
  return field.first > field.last ? field : WHOLE_FIELD;
}

/** The field after elements along `axis` are mixed: the whole image if `axis` runs along it, unchanged otherwise. */
export function mixAlong(field: AxisField, axis: number): AxisField {
  return field.axis === axis ? fieldOfAll(field) : field;
}

/** Of `[N, C, H, W]`, the axes of the image: 0 where the field runs along H, 1 along W. */
export function imageAxis({ axis }: AxisField): 0 | 1 | undefined {
  return axis === 2 ? 0 : axis === 3 ? 1 : undefined;
}

/** One axis of a sliding window. */
export interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly dilation: number;
}

/**
 * The elements of a window's result: each depends on what the elements under its window depend on.
 *
 * Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill (2019), equations 2 and 5.
 */
export function slideAlong(field: AxisField, { kernel, stride, pad, dilation }: WindowAxis): AxisField {
  return {
    axis: field.axis,
    step: field.step * stride,
    first: field.first - pad * field.step,
    last: field.last + (dilation * (kernel - 1) - pad) * field.step,
  };
}

/** {@link slideAlong} for a window over the axes 2 and 3. */
export function slideOverImage(
  field: AxisField,
  kernel: Pair,
  attrs: { readonly strides: Pair; readonly pads: Pads2d; readonly dilations?: Pair },
): AxisField {
  const index = imageAxis(field);
  if (index === undefined) return field;
  return slideAlong(field, {
    kernel: kernel[index],
    stride: attrs.strides[index],
    pad: attrs.pads[index],
    dilation: attrs.dilations?.[index] ?? 1,
  });
}

/**
 * The elements of a result `stride` times as large, each made of all whose window of `kernel` reaches it: a window that
 * moves on by a fraction of a step. An element between two counts as depending on a part of both, an upper bound.
 */
export function enlargeAlong(field: AxisField, { kernel, stride, pad }: Omit<WindowAxis, "dilation">): AxisField {
  const step = field.step / stride;
  return {
    axis: field.axis,
    step,
    first: field.first - (kernel - 1 - pad) * step,
    last: field.last + pad * step,
  };
}

/**
 * The elements of an adaptive pool's result: element i takes floor(i·extent/out) to ceil((i+1)·extent/out) − 1. Where `out`
 * does not divide `extent` these windows move on unevenly, and all count as the union of what they may be, an upper bound.
 */
export function adaptAlong(field: AxisField, extent: number, out: number): AxisField {
  const stride = extent / out;
  const rounding = 1 - greatestCommonDivisor(extent, out) / out;
  return {
    axis: field.axis,
    step: field.step * stride,
    first: field.first - rounding * field.step,
    last: field.last + (stride - 1 + rounding) * field.step,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The elements that depend on those of several tensors at the same place: the branches of a concatenation or a sum. */
export function joinFields(fields: readonly AxisField[]): AxisField {
  const placed = fields.filter(({ axis }) => axis !== undefined);
  const first = Math.min(...fields.map((field) => field.first));
  const last = Math.max(...fields.map((field) => field.last));
  const [one] = placed;
  if (one === undefined) return first > last ? NO_FIELD : WHOLE_FIELD;
  // Branches that move on at different paces drift apart without limit.
  if (placed.some(({ axis, step }) => axis !== one.axis || step !== one.step)) return WHOLE_FIELD;
  return { axis: one.axis, step: one.step, first, last };
}

/** The field of an operand once it is broadcast to `to`: a repeated element reaches every place along the axis. */
export function broadcastField(field: AxisField, from: Shape, to: Shape): AxisField {
  if (field.axis === undefined) return field;
  const axis = field.axis + to.length - from.length;
  return from[field.axis] === to[axis] ? { ...field, axis } : fieldOfAll(field);
}

/** An axis outlives a reshape if the result has one of the same extent with as many elements behind it. */
export function reshapeField(field: AxisField, from: Shape, to: Shape): AxisField {
  if (field.axis === undefined) return field;
  const elementsBehind = (shape: Shape, axis: number): number =>
    shape.slice(axis + 1).reduce<number>((product, extent) => product * (extent === "N" ? 1 : extent), 1);
  const extent = from[field.axis];
  const behind = elementsBehind(from, field.axis);
  const axis = to.findIndex((other, index) => other === extent && elementsBehind(to, index) === behind);
  return axis === -1 ? fieldOfAll(field) : { ...field, axis };
}
