import { kernels, type ResizeFilter } from "./filters.js";

/** Bits of a coefficient after the point: 32, less 8 for a byte and 2 for the overshoot of the kernels. */
export const FRACTION_BITS = 22;

/** For each pixel of the result along one axis, the pixels of the source that it is a weighted sum of. */
export interface Coefficients {
  /** The index of the first such pixel. */
  readonly first: Int32Array;
  /** How many there are. */
  readonly count: Int32Array;
  /** Their weights in units of 2⁻²²; row `i` starts at `i · width`. */
  readonly weights: Int32Array;
  readonly width: number;
}

/**
 * The weights of Pillow's resampling along one axis. In a smaller result, each pixel averages all that it covers.
 *
 * @param extent pixels of the source
 * @param from the start of the part of the source that is resized, in pixels; single precision, as is `to`
 * @param size pixels of the result
 */
export function coefficientsOf(
  extent: number,
  [from, to]: readonly [from: number, to: number],
  size: number,
  filter: ResizeFilter,
): Coefficients {
  const { weight, support } = kernels[filter];
  // Pillow takes the difference in single precision.
  const scale = Math.fround(to - from) / size;
  const stretch = Math.max(1, scale);
  const reach = support * stretch;
  const width = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(size);
  const count = new Int32Array(size);
  const weights = new Int32Array(size * width);
  const row = new Float64Array(width);
  for (let i = 0; i < size; i += 1) {
    const centre = from + (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const length = Math.min(extent, Math.trunc(centre + reach + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < length; k += 1) {
      row[k] = weight((k + start - centre + 0.5) * (1 / stretch));
      sum += row[k];
    }
    first[i] = start;
    count[i] = length;
    for (let k = 0; k < length; k += 1) {
      const share = sum === 0 ? row[k] : row[k] / sum;
      weights[i * width + k] = Math.trunc(share * 2 ** FRACTION_BITS + (share < 0 ? -0.5 : 0.5));
    }
  }
  return { first, count, weights, width };
}
