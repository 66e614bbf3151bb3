import type { KernelSite } from "@isoconv/core-spec";
import type { PoolAttrs } from "./table.js";

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
export function ceilWhereItFits(attrs: PoolAttrs, site: KernelSite): Pooling {
  const [top, left, bottom, right] = attrs.pads;
  const isCeil =
    top === left && bottom >= top && right >= left && bottom + right > top + left && site.shape[2] === site.shape[3];
  return isCeil && overhangs(attrs) ? { pad: top, rounding: "ceil" } : explicitPads(attrs);
}

/** Whether what is added at the end is less than a stride: then `ceil` gives as many windows. */
function overhangs({ pads: [top, left, bottom, right], strides }: PoolAttrs): boolean {
  return bottom - top < strides[0] && right - left < strides[1];
}
