import type { ArithmeticClass } from "@isoconv/core-spec";
import { exactIntegers } from "../arithmetic.js";

/** Integers with more significant bits than half precision, bfloat16 and TF32 keep: those round odd ones to even. */
const WIDE = 2 ** 12;

/** Sizes of the integers that fill the operands of a dot product. */
export interface FactorSizes {
  /** The largest wide integer: of positions where the other operand is narrow. */
  readonly wide: number;
  /** The largest narrow integer. */
  readonly narrow: number;
  /** One position in `every` is wide in one of the operands, alternately in one and in the other. */
  readonly every: number;
}

/**
 * The sizes for dot products of `terms` terms, `of` positions along the axis of sums with `terms / of` terms each. With
 * `B` half of what sums may reach in the arithmetic class, the other half being the bias's:
 *
 * `Σ|x·w| ≤ terms·narrow² + ⌈of / every⌉·(terms / of)·narrow·wide ≤ B`,
 *
 * because every term is narrow times narrow, or wide times narrow at one of the `⌈of / every⌉` positions. So every partial
 * sum is exact, see `exactIntegers`. As many positions are wide as leaves `wide` more than 11 bits where sums have 24,
 * and half of the bits of sums in the other classes.
 *
 * Where `terms > B` even products of ±1 may round; `sumsStayExact` tells, and results are judged by their bounds.
 */
export function factorSizes(terms: number, of: number, arithmetic: ArithmeticClass): FactorSizes {
  const { operands, sums } = exactIntegers(arithmetic);
  const budget = sums / 2;
  const narrow = 8 * terms <= budget ? 2 : 1;
  const rest = Math.max(0, budget - terms * narrow ** 2);
  const wanted = Math.min(operands, WIDE, Math.sqrt(sums));
  const taps = terms / of;
  // As many positions as can be wide: ⌈of / ⌈of / n⌉⌉ ≤ n.
  const positions = Math.max(1, Math.min(of, Math.floor(rest / (taps * narrow * wanted))));
  const every = Math.ceil(of / positions);
  const wideTerms = Math.ceil(of / every) * taps;
  return { wide: Math.max(narrow, Math.min(operands, Math.floor(rest / (narrow * wideTerms)))), narrow, every };
}

/** The largest integer of which sums of `terms` products of `factors` are exact. */
export function addendSize(terms: number, factors: number, arithmetic: ArithmeticClass): number {
  const { operands, sums } = exactIntegers(arithmetic);
  return Math.max(1, Math.min(operands, Math.floor((sums / terms) ** (1 / factors))));
}

/** An odd integer of the upper half of ±`limit`, with as many significant bits; `drawn` is uniform in [−1, 1). */
export function oddInteger(drawn: number, limit: number): number {
  const size = ((1 + Math.abs(drawn)) * limit) / 2;
  return (drawn < 0 ? -1 : 1) * Math.min(2 * Math.floor(size / 2) + 1, limit);
}

/** One of ±1 … ±`limit`. */
export function nonzeroInteger(drawn: number, limit: number): number {
  return (drawn < 0 ? -1 : 1) * Math.max(1, Math.ceil(Math.abs(drawn) * limit));
}
