import { elementCount, uniform, type ArithmeticClass, type ConcreteShape } from "@isoconv/core-spec";
import { addendSize, factorSizes, nonzeroInteger, oddInteger } from "./integers.js";

/** How to fill a tensor, as data, so that a plan can be stored, compared and replayed. */
export type Fill =
  /** Real numbers of `[low, high)`. */
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  /** Integers −2 … 2, whose products and sums are exact in every arithmetic class, in any order. */
  | { readonly kind: "lattice" }
  /**
   * Odd integers, as large as sums of `terms` products of `factors` of them allow to be exact in the arithmetic class, in
   * any order. Roundings that −2 … 2 survive change them.
   */
  | { readonly kind: "integers"; readonly terms: number; readonly factors: number }
  /**
   * One operand of dot products of `terms` terms: integers whose products and sums are exact in the arithmetic class, in
   * any order, and which no operand and no sum of less precision represents. `axis` is summed over, modulo `of`
   * positions; both operands need the same `terms` and `of`, and another `wide`, see `factorSizes`.
   */
  | {
      readonly kind: "factors";
      readonly terms: number;
      readonly axis: number;
      readonly of: number;
      readonly wide: 0 | 1;
    }
  /** The given numbers, repeated in row-major order. */
  | { readonly kind: "cycle"; readonly values: readonly number[] }
  /** Another filling with some elements replaced. */
  | {
      readonly kind: "patched";
      readonly base: Fill;
      readonly patches: readonly { readonly index: number; readonly value: number }[];
    };

/** Real numbers around zero: the filling of a tensor unless a case gives another. */
export const reals: Fill = Object.freeze({ kind: "uniform", low: -1, high: 1 });
/** Positive numbers away from zero: for variances and divisors. */
export const positives: Fill = Object.freeze({ kind: "uniform", low: 0.5, high: 1.5 });
/** Small integers. */
export const lattice: Fill = Object.freeze({ kind: "lattice" });

/**
 * A tensor's elements. The same seed and name give the same bits everywhere. Only `integers` and `factors` depend on the
 * arithmetic class.
 */
export function fillData(
  fill: Fill,
  seed: number,
  name: string,
  shape: ConcreteShape,
  arithmetic: ArithmeticClass = "f32",
): Float32Array {
  const count = elementCount(shape);
  switch (fill.kind) {
    case "uniform":
      return uniform(seed, name, count, fill.low, fill.high);
    case "lattice":
      return uniform(seed, name, count, -2.5, 2.5).map((value) => Math.max(-2, Math.min(2, Math.round(value))) + 0);
    case "integers": {
      const limit = addendSize(fill.terms, fill.factors, arithmetic);
      return uniform(seed, name, count, -1, 1).map((drawn) => oddInteger(drawn, limit));
    }
    case "factors":
      return factors(fill, uniform(seed, name, count, -1, 1), shape, arithmetic);
    case "cycle":
      return Float32Array.from({ length: count }, (_, index) => fill.values[index % fill.values.length]);
    case "patched": {
      const data = fillData(fill.base, seed, name, shape, arithmetic);
      for (const { index, value } of fill.patches) if (index < count) data[index] = value;
      return data;
    }
  }
}

function factors(
  { terms, axis, of, wide }: Extract<Fill, { kind: "factors" }>,
  drawn: Float32Array,
  shape: ConcreteShape,
  arithmetic: ArithmeticClass,
): Float32Array {
  const { wide: limit, narrow, every } = factorSizes(terms, of, arithmetic);
  const isWide = Array.from({ length: shape[axis] }, (_, position) => (position % of) % (2 * every) === wide * every);
  const inner = elementCount(shape.slice(axis + 1));
  let end = 0;
  for (let k = 0; k < drawn.length;) {
    for (const isLarge of isWide) {
      for (end += inner; k < end; k += 1) {
        drawn[k] = isLarge ? oddInteger(drawn[k], limit) : nonzeroInteger(drawn[k], narrow);
      }
    }
  }
  return drawn;
}
