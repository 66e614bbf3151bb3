import type { PoolAttrs } from "./table.js";

/** Height and width. */
export type Extents = readonly [number, number];

/** How TensorFlow.js is asked to pad a pool, and to round the size of its result. */
export interface Pooling {
  readonly pad: number | [[number, number], [number, number], [number, number], [number, number]];
  readonly rounding?: "floor" | "ceil";
}

/** Four explicit pads: right for every pool of the registry. */
export function explicitPads({ pads: [top, left, bottom, right] }: PoolAttrs): Pooling {
  // prettier-ignore
  return { pad: [[0, 0], [top, bottom], [left, right], [0, 0]] };
}

/**
 * The mistake. A pool with `ceil` reaches this adapter as pads that are larger at the bottom and the right, by exactly
 * what the last window hangs over. TensorFlow.js has a rounding mode `ceil`; why not use it?
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
