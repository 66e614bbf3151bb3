import type { Shape } from "../shape.js";

/**
 * What the elements of a tensor see of an image along its height, or along its width: element i along `axis` depends on the
 * pixels `first + i·step` to `last + i·step`, some of which may lie in the padding.
 */
export interface Sight {
  /** The tensor's axis that runs along the image; absent where none does, as after a global pool. */
  readonly axis: number | undefined;
  /** Pixels from one element to the next. */
  readonly step: number;
  readonly first: number;
  readonly last: number;
}

/** Of a tensor that does not depend on the image. */
export const BLIND: Sight = Object.freeze({ axis: undefined, step: 0, first: Infinity, last: -Infinity });

/** Of a tensor whose every element may depend on the whole image. */
export const WHOLE: Sight = Object.freeze({ axis: undefined, step: 0, first: -Infinity, last: Infinity });

/** The sight of elements that depend on all that those of a tensor see. */
export function widen(sight: Sight): Sight {
  return sight.first > sight.last ? sight : WHOLE;
}

/** What mixes elements along `axis` sees the whole image if that runs along it, and no more than before otherwise. */
export function mixAlong(sight: Sight, axis: number): Sight {
  return sight.axis === axis ? widen(sight) : sight;
}

/** One axis of a sliding window. */
export interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly dilation: number;
}

/**
 * The elements of a window's result: each sees what the elements under its window see.
 *
 * Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill (2019), equations 2 and 5.
 */
export function slideSight(sight: Sight, { kernel, stride, pad, dilation }: WindowAxis): Sight {
  return {
    axis: sight.axis,
    step: sight.step * stride,
    first: sight.first - pad * sight.step,
    last: sight.last + (dilation * (kernel - 1) - pad) * sight.step,
  };
}

/**
 * The elements of a result `stride` times as large, each made of all whose window of `kernel` reaches it: a window that
 * moves on by a fraction of a step. What lies between two elements counts as seeing a part of both, an upper bound.
 */
export function enlargeSight(sight: Sight, { kernel, stride, pad }: Omit<WindowAxis, "dilation">): Sight {
  const step = sight.step / stride;
  return {
    axis: sight.axis,
    step,
    first: sight.first - (kernel - 1 - pad) * step,
    last: sight.last + pad * step,
  };
}

/**
 * The elements of an adaptive pool's result: element i takes floor(i·extent/out) to ceil((i+1)·extent/out) − 1. Where `out`
 * does not divide `extent` these windows move on unevenly, and all count as the union of what they may be, an upper bound.
 */
export function adaptSight(sight: Sight, extent: number, out: number): Sight {
  const stride = extent / out;
  const rounding = 1 - greatestCommonDivisor(extent, out) / out;
  return {
    axis: sight.axis,
    step: sight.step * stride,
    first: sight.first - rounding * sight.step,
    last: sight.last + (stride - 1 + rounding) * sight.step,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The elements that depend on all of several tensors' at the same place: the branches of a concatenation or a sum. */
export function joinSights(sights: readonly Sight[]): Sight {
  const placed = sights.filter(({ axis }) => axis !== undefined);
  const first = Math.min(...sights.map((sight) => sight.first));
  const last = Math.max(...sights.map((sight) => sight.last));
  const [one] = placed;
  if (one === undefined) return first > last ? BLIND : WHOLE;
  // Branches that move on at different paces drift apart without limit.
  if (placed.some(({ axis, step }) => axis !== one.axis || step !== one.step)) return WHOLE;
  return { axis: one.axis, step: one.step, first, last };
}

/** The sight of an operand once it is broadcast to `to`: an element that is repeated is seen from everywhere. */
export function broadcastSight(sight: Sight, from: Shape, to: Shape): Sight {
  if (sight.axis === undefined) return sight;
  const axis = sight.axis + to.length - from.length;
  return from[sight.axis] === to[axis] ? { ...sight, axis } : widen(sight);
}

/** An axis outlives a reshape if the result has one of the same extent with as many elements behind it. */
export function reshapeSight(sight: Sight, from: Shape, to: Shape): Sight {
  if (sight.axis === undefined) return sight;
  const elementsBehind = (shape: Shape, axis: number): number =>
    shape.slice(axis + 1).reduce<number>((product, extent) => product * (extent === "N" ? 1 : extent), 1);
  const extent = from[sight.axis];
  const behind = elementsBehind(from, sight.axis);
  const axis = to.findIndex((other, index) => other === extent && elementsBehind(to, index) === behind);
  return axis === -1 ? widen(sight) : { ...sight, axis };
}
