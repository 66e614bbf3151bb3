import type { PoolAttrs } from "./table.js";

/** Height and width. */
export type Extents = readonly [number, number];

/** TensorFlow.js's arguments for the padding of a pool and the rounding of its output size. */
export interface Pooling {
  readonly pad: number | [[number, number], [number, number], [number, number], [number, number]];
  readonly rounding?: "floor" | "ceil";
}

/** Four explicit pads: correct for every pool of the registry. */
export function explicitPads({ pads: [top, left, bottom, right] }: PoolAttrs): Pooling {
  // prettier-ignore
  return { pad: [[0, 0], [top, bottom], [left, right], [0, 0]] };
}

/**
 * The mistake. A pool with `ceil` reaches this adapter as pads that are larger at the bottom and the right, by exactly
 * the overhang of the last window. This function uses TensorFlow.js's rounding mode `ceil` instead.
 */
export function ceilWhereItFits(attrs: PoolAttrs, image: Extents, result: Extents): Pooling {
  const [top, left, bottom, right] = attrs.pads;
  const isCeil =
    top === left &&
    bottom + right > top + left &&
    ([0, 1] as const).every((axis) => {
      const added = attrs.pads[axis === 0 ? 2 : 3] - top;
      const lastWindowEnds = (result[axis] - 1) * attrs.strides[axis] + attrs.kernel[axis];
      return added < attrs.strides[axis] && lastWindowEnds - (image[axis] + 2 * top) === added;
    });
  return isCeil ? { pad: top, rounding: "ceil" } : explicitPads(attrs);
}
