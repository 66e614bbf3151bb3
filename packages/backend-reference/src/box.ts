import type { ConcreteShape, Pair } from "@isoconv/core-spec";

/**
 * A rectangle of taps on one plane of an image: first row and column, number of rows and columns, distance between
 * taps.
 */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly extent: Pair;
  readonly dilations: Pair;
}

/**
 * The elements of plane `plane` (image × channel) of `x` under a box, row by row. Taps outside the image are left out.
 * The result is a view of `buffer`, which must have room for a whole box.
 */
export function gatherBox(
  buffer: Float64Array,
  x: { readonly shape: ConcreteShape; readonly value: Float64Array },
  plane: number,
  { top, left, extent, dilations }: Box,
): Float64Array {
  const [, , height, width] = x.shape;
  let count = 0;
  for (let u = 0; u < extent[0]; u += 1) {
    const row = top + u * dilations[0];
    if (row < 0 || row >= height) continue;
    for (let v = 0; v < extent[1]; v += 1) {
      const column = left + v * dilations[1];
      if (column < 0 || column >= width) continue;
      buffer[count] = x.value[(plane * height + row) * width + column];
      count += 1;
    }
  }
  return buffer.subarray(0, count);
}
