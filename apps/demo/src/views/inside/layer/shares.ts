import { deviate, unravel, type Expected } from "@isoconv/judge";
import type { AccuracyRule, Capabilities } from "@isoconv/core-spec";
import type { Worst } from "../inside-tasks.js";

/** What a backend's value of a node is judged by: the oracle's value and the bound of the backend's arithmetic. */
export interface Yardstick {
  readonly rule: AccuracyRule;
  readonly expected: Expected;
  readonly capabilities: Pick<Capabilities, "arithmetic" | "subnormals">;
}

/** Each element's share of the bound. */
export interface Shares {
  /** `(got − expected) / bound`; the backend is wrong above 1 or below −1. */
  readonly shares: Float32Array;
  /** The bound; infinite where the backend guarantees nothing. */
  readonly bounds: Float64Array;
}

/** The share of its bound for every element, with the sign of the error. */
export function sharesOf(got: ArrayLike<number>, { rule, expected, capabilities }: Yardstick): Shares {
  const { value, magnitude, undetermined } = expected;
  const shares = new Float32Array(value.length);
  const bounds = new Float64Array(value.length);
  for (let i = 0; i < value.length; i += 1) {
    if (undetermined?.[i] === 1) {
      bounds[i] = Infinity;
      continue;
    }
    const [is, should] = [got[i] ?? NaN, value[i] ?? NaN];
    const { share, bound } = deviate(rule, is, should, magnitude[i] ?? NaN, capabilities);
    shares[i] = is < should ? -share : share;
    bounds[i] = bound;
  }
  return { shares, bounds };
}

/**
 * `(a − b) / (boundA + boundB)`: at most 1 for two correct backends. Where no error is allowed, elements count as equal if
 * both are correct. Where one backend guarantees nothing, any two elements count as equal.
 */
export function sharesBetween(a: ArrayLike<number>, ofA: Shares, b: ArrayLike<number>, ofB: Shares): Float32Array {
  return ofA.shares.map((shareA, i) => {
    const shareB = ofB.shares[i] ?? NaN;
    const difference = (a[i] ?? NaN) - (b[i] ?? NaN);
    const bound = (ofA.bounds[i] ?? 0) + (ofB.bounds[i] ?? 0);
    if (difference === 0 || (shareA === 0 && shareB === 0) || bound === Infinity) return 0;
    // Both are the same infinity, or one is NaN.
    if (Number.isNaN(difference)) return Object.is(a[i], b[i]) ? 0 : Infinity;
    return difference / bound;
  });
}

/** The element with the largest share of either sign. */
export function worstOf(shares: Float32Array, shape: readonly number[]): Worst {
  let [share, at] = [0, 0];
  for (let i = 0; i < shares.length; i += 1) {
    const size = Math.abs(shares[i] ?? 0);
    if (size > share || Number.isNaN(size)) [share, at] = [Number.isNaN(size) ? Infinity : size, i];
  }
  return { share, index: unravel(at, shape) };
}
