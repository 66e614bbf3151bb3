import type { ConcreteShape } from "@isoconv/core-spec";
import { zeros, type OracleArray } from "./oracle-array.js";
import { offsetsOf, stridesOf } from "./offsets.js";

/** Applies a function to pairs of elements under NumPy's broadcasting; `shape` is the shape of the result. */
export function broadcastPairs(
  a: OracleArray,
  b: OracleArray,
  shape: ConcreteShape,
  f: (a: number, b: number) => number,
  magnitude: (a: number, b: number) => number,
): OracleArray {
  const y = zeros(shape);
  const left = stretchedOffsets(a.shape, shape);
  const right = stretchedOffsets(b.shape, shape);
  for (let k = 0; k < y.value.length; k += 1) {
    y.value[k] = f(a.value[left[k]], b.value[right[k]]);
    y.magnitude[k] = magnitude(a.value[left[k]], b.value[right[k]]);
  }
  return y;
}

/**
 * For each element of the result, the index of the operand's element it reads. An axis of extent 1 is repeated: its
 * stride is 0.
 */
function stretchedOffsets(from: ConcreteShape, to: ConcreteShape): Uint32Array {
  const own = stridesOf(from);
  const missing = to.length - from.length;
  const strides = to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : own[axis - missing]));
  return offsetsOf(to, strides);
}
