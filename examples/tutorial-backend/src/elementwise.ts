import type { Inputs, KernelSite } from "@isoconv/core-spec";
import { stridesOf, value, walk, type Value } from "./value.js";

/** A kernel that applies a function to every element. */
export function each<A>(formula: (x: number, attrs: A) => number) {
  return ({ x: { shape, data } }: { readonly x: Value }, attrs: A): Value => {
    return { shape, data: data.map((element) => formula(element, attrs)) };
  };
}

/** The operand's index for each element of a broadcast result: aligned at the last axis, extents of 1 repeated. */
function spread(operand: Value, shape: readonly number[]): Int32Array {
  const strides = stridesOf(operand.shape).map((stride, axis) => (operand.shape[axis] === 1 ? 0 : stride));
  const missing = shape.slice(strides.length).map(() => 0);
  return walk(shape, [...missing, ...strides]);
}

/** A kernel that applies a function to pairs of elements. */
export function pairwise(formula: (a: number, b: number) => number) {
  return ({ a, b }: Inputs<"add" | "mul", Value>, _attrs: object, { shape }: KernelSite): Value => {
    const right = spread(b, shape);
    const data = Float32Array.from(spread(a, shape), (place, k) => formula(a.data[place], b.data[right[k]]));
    return value(shape, data);
  };
}

/** The error function to 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. */
export function erf(z: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(z));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(z) * (1 - sum * Math.exp(-z * z));
}
