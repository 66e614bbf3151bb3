import { deviate, unravel, type Expected } from "@isoconv/judge";
import type { AccuracyRule, Capabilities } from "@isoconv/core-spec";
import type { Worst } from "../inside-tasks.js";

/** What one backend's value of a node is held to: the oracle's, by the backend's own arithmetic. */
export interface Yardstick {
  readonly rule: AccuracyRule;
  readonly expected: Expected;
  readonly capabilities: Pick<Capabilities, "arithmetic" | "subnormals">;
}

/** How each element of a value compares. */
export interface Shares {
  /** `(got − expected) / bound`: beyond 1 or −1 the backend is wrong. */
  readonly shares: Float32Array;
  /** Infinite where the backend promises nothing. */
  readonly bounds: Float64Array;
}

/** Holds every element to its bound around the oracle's, keeping the sign of its error. */
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
 * `(a − b) / (boundA + boundB)`: two right backends are never further apart than 1. Where there is no bound, what both have
 * right counts as the same, and where one promises nothing, anything.
 */
export function sharesBetween(a: ArrayLike<number>, ofA: Shares, b: ArrayLike<number>, ofB: Shares): Float32Array {
  return ofA.shares.map((shareA, i) => {
    const shareB = ofB.shares[i] ?? NaN;
    const difference = (a[i] ?? NaN) - (b[i] ?? NaN);
    const bound = (ofA.bounds[i] ?? 0) + (ofB.bounds[i] ?? 0);
    if (difference === 0 || (shareA === 0 && shareB === 0) || bound === Infinity) return 0;
    // The same infinity in both, or NaN in either.
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
