import { accumulationGrowth, type AccuracyRule, type Capabilities } from "@isoconv/core-spec";
import { productUnderflow, roundoffs, storesHalf, underflow } from "./arithmetic.js";

type RoundedRule = Extract<AccuracyRule, { kind: "rounded" }>;
type Arithmetic = Pick<Capabilities, "arithmetic" | "subnormals">;

/**
 * The largest error a correct backend can make on one element:
 * `u_acc·(a·|ŷ| + b·M + c) + inputs·u_in·M + u_out·|ŷ| + η`.
 *
 * Products of a dot product have no relative error bound near zero: each may be off by another η (Higham, Accuracy and
 * Stability of Numerical Algorithms, eq. 2.8). Sums add none: a subnormal sum is exact. Where subnormals are flushed, its
 * operands may be too.
 *
 * The rule's coefficients include the rounding of the result if the operation's formula does. `u_out·|ŷ|` is added in
 * two cases: for dot products (`inputs > 0`), whose coefficients cover only the accumulation, and for classes that
 * store results in less precision than they compute in.
 *
 * @returns 0 for rules that allow no error
 */
export function errorBound(rule: AccuracyRule, value: number, magnitude: number, capabilities: Arithmetic): number {
  if (rule.kind !== "rounded") return 0;
  const u = roundoffs[capabilities.arithmetic];
  const computed =
    u.accumulate *
    dependence(rule.terms, u.accumulate) *
    (rule.value * Math.abs(value) + rule.magnitude * magnitude + rule.absolute);
  const rounded = rule.inputs > 0 || u.output > u.accumulate ? u.output * Math.abs(value) : 0;
  const underflows = underflow(capabilities) + stepUnderflow(rule, capabilities);
  return computed + rule.inputs * u.input * magnitude + rounded + underflows;
}

/**
 * What rounds near zero before the result does: products; in half precision what a normalisation divides; and where
 * subnormals are flushed, each of the steps that the coefficient of the magnitude counts, such as the operands of an
 * average.
 */
function stepUnderflow({ inputs, magnitude, terms }: RoundedRule, capabilities: Arithmetic): number {
  if (inputs > 0) return terms * productUnderflow(capabilities);
  const { arithmetic, subnormals } = capabilities;
  const divided = terms > 0 && arithmetic === "f16" ? 1 : 0;
  const steps = subnormals === "flushed" ? Math.max(magnitude, divided) : divided;
  return steps * underflow(capabilities);
}

/**
 * How many times larger the rounding error of a sum may be than its growth says, because its roundings depend on each
 * other. Once a sum is as large as `1/u` of its terms, further terms of its sign are rounded away one like the other: 4608
 * products in [0.25, 2.25) add up to 4100 in half precision. From a quarter of that length on, only the rigorous bound
 * `n + 2` holds. It never comes to that in float32.
 */
function dependence(terms: number, accumulate: number): number {
  return terms * accumulate > 1 / 4 ? (terms + 2) / accumulationGrowth(terms) : 1;
}

/** The comparison of one element. */
export interface Deviation {
  readonly error: number;
  readonly bound: number;
  /** `error / bound`; 0 if both are 0, ∞ if a wrong value has no allowance. */
  readonly share: number;
}

/**
 * Magnitudes from here on are rounded to ∞: this is halfway between the largest finite number and the next power of
 * two.
 */
const OVERFLOW = { single: 2 ** 128 - 2 ** 103, half: 65_520 } as const;

/**
 * Whether a partial result of an element may leave the range of half precision although the exact value does not, where
 * the backend adds in half precision. Nothing is then specified of the element, as docs/ops.md says of sums, squares and
 * quotients that leave float32's range: a sum becomes ±∞, or NaN if another term cancels the ∞, and what is divided by a
 * square that overflows becomes 0. A number below half precision's smallest normal one, by which an operation divides, is
 * such a case too: its reciprocal overflows. So is a sum with an ∞: the other terms may overflow to the opposite one.
 *
 * @param largest the larger of the magnitude, which no partial sum exceeds in any order, and the operation's own largest
 *   partial result
 */
export function leavesRange(rule: AccuracyRule, value: number, largest: number, capabilities: Arithmetic): boolean {
  if (capabilities.arithmetic !== "f16" || rule.kind !== "rounded" || Number.isNaN(largest)) return false;
  if (largest === Infinity) return true;
  return largest + errorBound(rule, value, largest, capabilities) >= OVERFLOW.half;
}

/**
 * Compares one element with the exact value. NaN matches NaN; ∞ matches the same ∞; a finite exact value matches ∞ if
 * it, or any value within its bound, is beyond the range that the backend can store.
 */
export function deviate(
  rule: AccuracyRule,
  got: number,
  value: number,
  magnitude: number,
  capabilities: Arithmetic,
): Deviation {
  const rounded = Math.fround(value);
  if (Number.isNaN(value) || Number.isNaN(got)) return verdict(Number.isNaN(value) && Number.isNaN(got));
  if (!Number.isFinite(value)) return verdict(got === value);
  if (!Number.isFinite(got)) {
    const reach = Math.abs(value) + errorBound(rule, value, magnitude, capabilities);
    const overflows = reach >= OVERFLOW[storesHalf(capabilities.arithmetic) ? "half" : "single"];
    return verdict(overflows && got === Math.sign(value) * Infinity);
  }
  const flushed = capabilities.subnormals === "flushed" && Math.abs(rounded) < 2 ** -126 && got === 0;
  if (rule.kind === "exact") return verdict(flushed || Object.is(got, rounded));
  if (rule.kind === "selection") return verdict(flushed || got === rounded);
  const error = Math.abs(got - value);
  const bound = errorBound(rule, value, magnitude, capabilities);
  // A bound of NaN, as next to an ∞, allows nothing.
  const share = error === 0 ? 0 : Number.isNaN(bound) ? Infinity : error / bound;
  return { error, bound, share };
}

function verdict(equal: boolean): Deviation {
  return equal ? { error: 0, bound: 0, share: 0 } : { error: Infinity, bound: 0, share: Infinity };
}
