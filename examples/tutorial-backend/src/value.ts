import type { Handler, KernelSite, OpName } from "@isoconv/core-spec";

export type Kernel<K extends OpName> = Handler<K, Value, KernelSite>;

/** A tensor as this backend holds it: row-major, in its own array. */
export interface Value {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A new value of the given shape. */
export function value(shape: readonly number[], data = new Float32Array(size(shape))): Value {
  return { shape, data };
}

/** The product of some extents. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** The distance between neighbours along each axis. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => size(shape.slice(axis + 1)));
}

/** Walks a shape in row-major order and gives the offset by `strides` of each element. */
export function walk(shape: readonly number[], strides: readonly number[], offset = 0): Int32Array {
  const places = new Int32Array(size(shape));
  const index = shape.map(() => 0);
  let place = offset;
  for (let k = 0; k < places.length; k += 1) {
    places[k] = place;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] += 1;
      place += strides[axis];
      if (index[axis] < shape[axis]) break;
      place -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return places;
}
