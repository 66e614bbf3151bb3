import { elementCount } from "@isoconv/core-spec";
import { zeros, type HostArray } from "./host-array.js";

/** Replaces each line along an axis by another of the same length. */
export function mapLines({ shape, data }: HostArray, axis: number, f: (line: Float32Array) => Float32Array): HostArray {
  const y = zeros(shape);
  const extent = shape[axis];
  const inner = elementCount(shape.slice(axis + 1));
  for (let index = 0; index * extent < data.length; index += 1) {
    const start = Math.floor(index / inner) * inner * extent + (index % inner);
    const line = f(Float32Array.from({ length: extent }, (_, k) => data[start + k * inner]));
    for (let k = 0; k < extent; k += 1) y.data[start + k * inner] = line[k];
  }
  return y;
}
