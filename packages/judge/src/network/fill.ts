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
  /**
   * Numbers of both signs with every exponent of `[from, to]`, integers of −149 … 127. The exponents come in turn; the
   * mantissas are the two ends of the binade, then drawn.
   */
  | { readonly kind: "sweep"; readonly from: number; readonly to: number }
  /** Another filling with some elements replaced. */
  | {
      readonly kind: "patched";
      readonly base: Fill;
      readonly patches: readonly { readonly index: number; readonly value: number }[];
    }
  /**
   * The first `count` elements of another filling, again and again: many elements for the price of few random numbers. The
   * base must begin alike whatever its length, which `factors` do not.
   */
  | { readonly kind: "repeated"; readonly base: Fill; readonly count: number }
  /** Another filling with elements `start` (0 if absent), `start + period` … replaced by the given numbers, in turn. */
  | {
      readonly kind: "interspersed";
      readonly base: Fill;
      readonly values: readonly number[];
      readonly period: number;
      readonly start?: number;
    }
  /** Runs of `run` elements of each filling, in turn. */
  | { readonly kind: "interleaved"; readonly fills: readonly Fill[]; readonly run: number };

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
      return draw(seed, name, count, fill.low, fill.high);
    case "lattice":
      return draw(seed, name, count, -2.5, 2.5).map((value) => Math.max(-2, Math.min(2, Math.round(value))) + 0);
    case "integers": {
      const limit = addendSize(fill.terms, fill.factors, arithmetic);
      return draw(seed, name, count, -1, 1).map((drawn) => oddInteger(drawn, limit));
    }
    case "factors":
      return factors(fill, draw(seed, name, count, -1, 1), shape, arithmetic);
    case "cycle":
      return Float32Array.from({ length: count }, (_, index) => fill.values[index % fill.values.length]);
    case "sweep":
      return sweep(fill.from, fill.to, draw(seed, name, count, 1, LAST_MANTISSA));
    case "patched": {
      const data = fillData(fill.base, seed, name, shape, arithmetic);
      for (const { index, value } of fill.patches) if (index < count) data[index] = value;
      return data;
    }
    case "repeated":
      return repeat(fillData(fill.base, seed, name, [Math.min(fill.count, count)], arithmetic), count);
    case "interspersed": {
      const data = fillData(fill.base, seed, name, shape, arithmetic);
      const { values, period, start = 0 } = fill;
      for (let k = 0; start + k * period < count; k += 1) data[start + k * period] = values[k % values.length];
      return data;
    }
    case "interleaved":
      return interleave(fill.fills, fill.run, count, (each, index, length) =>
        fillData(each, seed, `${name}/${index}`, [length], arithmetic),
      );
  }
}

/** A prime near 2¹⁶, so that no wrapped index and no stride of a real kernel falls in step with it. */
const PERIOD = 65_521;

/** Numbers of [0, 1) that every filling takes its own from: drawing them is the dearest part of filling a tensor. */
let pool: Float32Array | undefined;

/** Random numbers from the pool, from a place on that depends on the seed and the name. */
function draw(seed: number, name: string, count: number, low: number, high: number): Float32Array {
  pool ??= uniform(0, "pool", PERIOD, 0, 1);
  const [place] = uniform(seed, name, 1, 0, PERIOD);
  let at = Math.floor(place);
  const drawn = new Float32Array(Math.min(count, PERIOD));
  for (let k = 0; k < drawn.length; k += 1) {
    drawn[k] = low + (high - low) * pool[at];
    at = at + 1 === PERIOD ? 0 : at + 1;
  }
  return count <= PERIOD ? drawn : repeat(drawn, count);
}

function repeat(some: Float32Array, count: number): Float32Array {
  const data = new Float32Array(count);
  for (let start = 0; start < count; start += some.length) data.set(some.subarray(0, count - start), start);
  return data;
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

/** The largest mantissa of a float32 number. */
const LAST_MANTISSA = 2 - 2 ** -23;

/** Gives each mantissa an exponent and a sign, in place: all exponents with one sign, then with the other. */
function sweep(from: number, to: number, mantissas: Float32Array): Float32Array {
  const scales = Array.from({ length: to - from + 1 }, (_, k) => 2 ** (from + k));
  for (let round = 0; round * scales.length < mantissas.length; round += 1) {
    const start = round * scales.length;
    const sign = round % 2 === 0 ? 1 : -1;
    for (let k = 0; k < scales.length && start + k < mantissas.length; k += 1) {
      const mantissa = round < 2 ? 1 : round < 4 ? LAST_MANTISSA : mantissas[start + k];
      mantissas[start + k] = sign * mantissa * scales[k];
    }
  }
  return mantissas;
}

/** Takes `run` elements of each filling in turn; `draw` gets the number of elements that a filling contributes. */
function interleave(
  fills: readonly Fill[],
  run: number,
  count: number,
  draw: (fill: Fill, index: number, length: number) => Float32Array,
): Float32Array {
  const rounds = Math.ceil(count / (run * fills.length));
  const drawn = fills.map((fill, index) => draw(fill, index, run * rounds));
  const data = new Float32Array(count);
  for (let start = 0; start < count; start += run) {
    const turn = start / run;
    const from = Math.floor(turn / fills.length) * run;
    data.set(drawn[turn % fills.length].subarray(from, from + Math.min(run, count - start)), start);
  }
  return data;
}
