import {
  elementCount,
  formatNumber,
  formatShape,
  sameShape,
  type AccuracyRule,
  type Capabilities,
  type ConcreteShape,
  type Tensor,
} from "@isoconv/core-spec";
import { deviate } from "./bound.js";

/** The oracle's result for one value. */
export interface Expected {
  readonly shape: readonly number[];
  readonly value: Float64Array;
  readonly magnitude: Float64Array;
  /** The largest partial results, where they may exceed the magnitudes. */
  readonly partial?: Float64Array | undefined;
  /** Elements that may have any value, marked 1: NaN and ∞ reach them, or a partial result leaves the range. */
  readonly undetermined?: Uint8Array | undefined;
  /** The index that messages give the k-th element; by default its index in the shape. For parts of a larger result. */
  readonly indexOf?: ((k: number) => readonly number[]) | undefined;
}

/** The comparison of one tensor with the oracle's. */
export interface Agreement {
  readonly agrees: boolean;
  /** The largest `error / bound` over all elements. */
  readonly worstShare: number;
  /** The element with the largest share, and its values. */
  readonly worst:
    | { readonly index: readonly number[]; readonly expected: number; readonly got: number; readonly bound: number }
    | undefined;
  /** The reason if it does not agree. */
  readonly reason: string | undefined;
}

/** Compares every element of a result with the oracle's, by the bound of its operation. */
export function compareWithOracle(
  got: Tensor,
  expected: Expected,
  rule: AccuracyRule,
  capabilities: Capabilities,
): Agreement {
  const misshapen = shapeComplaint(got, expected.shape);
  if (misshapen !== undefined) return { agrees: false, worstShare: Infinity, worst: undefined, reason: misshapen };
  const indexOf = expected.indexOf ?? ((k) => unravel(k, expected.shape));
  let worstShare = 0;
  let worst: Agreement["worst"];
  for (let i = 0; i < expected.value.length; i += 1) {
    if (expected.undetermined?.[i] === 1 || Object.is(got.data[i], expected.value[i])) continue;
    const { bound, share } = deviate(rule, got.data[i], expected.value[i], expected.magnitude[i], capabilities);
    if (share > worstShare) {
      worstShare = share;
      worst = { index: indexOf(i), expected: expected.value[i], got: got.data[i], bound };
    }
  }
  if (worstShare <= 1) return { agrees: true, worstShare, worst, reason: undefined };
  const where =
    worst === undefined
      ? ""
      : ` at [${worst.index.join(", ")}]: expected ${formatNumber(worst.expected)} ± ${worst.bound}, got ${formatNumber(worst.got)}`;
  return { agrees: false, worstShare, worst, reason: `${describe(got, expected)}${where}` };
}

/** What is wrong with a result's shape. */
export function shapeComplaint({ shape, data }: Tensor, expected: ConcreteShape): string | undefined {
  if (sameShape(shape, expected) && data.length === elementCount(expected)) return undefined;
  return `shape ${formatShape(shape)} with ${data.length} elements instead of ${formatShape(expected)}`;
}

/** A description of the wrong result as a whole, which often suggests the cause. */
function describe({ data }: Tensor, { value }: Expected): string {
  if (data.every((element) => element === 0) && value.some((element) => element !== 0)) return "all elements are zero";
  if (data.every((element) => Number.isNaN(element)) && value.some((element) => !Number.isNaN(element))) {
    return "all elements are NaN";
  }
  return "outside its bound";
}

/** The multi-dimensional index of a flat index. */
export function unravel(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const extent of shape.toReversed()) {
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}
