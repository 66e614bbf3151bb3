import { elementCount, uniform, type ConcreteShape } from "@isoconv/core-spec";

/** How to fill a tensor, as data, so that a plan can be stored, compared and replayed. */
export type Fill =
  /** Real numbers of `[low, high)`. */
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  /** Integers −2 … 2, whose products and sums are exact in every arithmetic class, in any order. */
  | { readonly kind: "lattice" }
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

/** A tensor's elements. The same seed and name give the same bits everywhere. */
export function fillData(fill: Fill, seed: number, name: string, shape: ConcreteShape): Float32Array {
  const count = elementCount(shape);
  switch (fill.kind) {
    case "uniform":
      return uniform(seed, name, count, fill.low, fill.high);
    case "lattice":
      return uniform(seed, name, count, -2.5, 2.5).map((value) => Math.max(-2, Math.min(2, Math.round(value))) + 0);
    case "cycle":
      return Float32Array.from({ length: count }, (_, index) => fill.values[index % fill.values.length]);
    case "patched": {
      const data = fillData(fill.base, seed, name, shape);
      for (const { index, value } of fill.patches) if (index < count) data[index] = value;
      return data;
    }
  }
}
