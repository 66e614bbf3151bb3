import type { ConcreteShape } from "@isoconv/core-spec";

/** The distance between neighbours along each axis in row-major order. */
export function stridesOf(shape: ConcreteShape): readonly number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
}

/**
 * The offsets of a box's elements: `Σ_axis index[axis] · strides[axis]` for every index below `extents`, in row-major
 * order of the indices. A scalar box has one element, at 0.
 */
export function offsetsOf(extents: ConcreteShape, strides: readonly number[]): Uint32Array {
  let offsets = Uint32Array.of(0);
  for (const [axis, extent] of extents.entries()) {
    const longer = new Uint32Array(offsets.length * extent);
    const stride = strides[axis];
    for (let k = 0, row = 0; row < offsets.length; row += 1) {
      for (let offset = offsets[row], end = k + extent; k < end; k += 1, offset += stride) longer[k] = offset;
    }
    offsets = longer;
  }
  return offsets;
}
