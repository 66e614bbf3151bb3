import {
  elementCount,
  formatNumber,
  formatShape,
  sameShape,
  type AccuracyRule,
  type Capabilities,
  type Tensor,
} from "@isoconv/core-spec";
import { deviate } from "./bound.js";

/** The oracle's answer for one value. */
export interface Expected {
  readonly shape: readonly number[];
  readonly value: Float64Array;
  readonly magnitude: Float64Array;
  /** Elements that may be anything, marked 1: what NaN and ∞ reach where the backend promises nothing about them. */
  readonly undetermined?: Uint8Array | undefined;
}

/** The verdict on one tensor. */
export interface Agreement {
  readonly agrees: boolean;
  /** The largest `error / bound` over all elements. */
  readonly worstShare: number;
  /** The element it was found at, and what was there. */
  readonly worst:
    | { readonly index: readonly number[]; readonly expected: number; readonly got: number; readonly bound: number }
    | undefined;
  /** Why, when it does not agree. */
  readonly reason: string | undefined;
}

/** Holds every element of a result to the bound of its operation. */
export function compareWithOracle(
  got: Tensor,
  expected: Expected,
  rule: AccuracyRule,
  capabilities: Capabilities,
): Agreement {
  if (!sameShape(got.shape, expected.shape) || got.data.length !== elementCount(expected.shape)) {
    const reason = `shape ${formatShape(got.shape)} with ${got.data.length} elements instead of ${formatShape(expected.shape)}`;
    return { agrees: false, worstShare: Infinity, worst: undefined, reason };
  }
  let worstShare = 0;
  let worst: Agreement["worst"];
  for (let i = 0; i < expected.value.length; i += 1) {
    if (expected.undetermined?.[i] === 1) continue;
    const { bound, share } = deviate(rule, got.data[i], expected.value[i], expected.magnitude[i], capabilities);
    if (share > worstShare) {
      worstShare = share;
      worst = { index: unravel(i, expected.shape), expected: expected.value[i], got: got.data[i], bound };
    }
  }
  if (worstShare <= 1) return { agrees: true, worstShare, worst, reason: undefined };
  const where =
    worst === undefined
      ? ""
      : ` at [${worst.index.join(", ")}]: expected ${formatNumber(worst.expected)} ± ${worst.bound}, got ${formatNumber(worst.got)}`;
  return { agrees: false, worstShare, worst, reason: `${describe(got, expected)}${where}` };
}

/** What a wrong result looks like as a whole, which often names its cause. */
function describe({ data }: Tensor, { value }: Expected): string {
  if (data.every((element) => element === 0) && value.some((element) => element !== 0)) return "all elements are zero";
  if (data.every((element) => Number.isNaN(element)) && value.some((element) => !Number.isNaN(element))) {
    return "all elements are NaN";
  }
  return "outside its bound";
}

/** The multi-dimensional index of a flat one. */
export function unravel(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const extent of shape.toReversed()) {
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}
