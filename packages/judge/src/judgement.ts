import type { OpName } from "@isoconv/core-spec";
import type { NetworkSpec } from "./network/network-spec.js";
import type { FilledNetwork } from "./network/network-spec.js";

/** The element that came nearest to its bound, or went beyond it. */
export interface WorstElement {
  /** The graph's value. */
  readonly value: string;
  readonly index: readonly number[];
  readonly expected: number;
  readonly got: number;
  readonly bound: number;
}

/** How much of its bound one operation used. */
export interface OpShare {
  readonly op: OpName;
  /** `error / bound`: at most 1 in a correct result; ∞ for a wrong shape, a wrong non-finite value or wrong bits. */
  readonly share: number;
  readonly worst: WorstElement | undefined;
}

/** What a case found. */
export interface Judgement {
  readonly passed: boolean;
  /** One line that says what is wrong; absent when nothing is. */
  readonly reason?: string;
  readonly shares: readonly OpShare[];
  /** The smallest network that shows it, where the case is more than one network. */
  readonly counterexample?: NetworkSpec | FilledNetwork;
  /** What was measured, for probes. */
  readonly measured?: string;
  /** How fast-check finds the failure again. */
  readonly replay?: { readonly seed: number; readonly path: string };
}

/** Nothing to complain of. */
export function passed(shares: readonly OpShare[] = []): Judgement {
  return { passed: true, shares };
}

/** Something is wrong. */
export function failed(reason: string, rest: Partial<Omit<Judgement, "passed" | "reason">> = {}): Judgement {
  return { passed: false, reason, shares: [], ...rest };
}

/** The worst share of each operation. */
export function worstByOp(shares: readonly OpShare[]): readonly OpShare[] {
  const worst = new Map<OpName, OpShare>();
  for (const share of shares) {
    const known = worst.get(share.op);
    if (known === undefined || !(share.share <= known.share)) worst.set(share.op, share);
  }
  return [...worst.values()];
}
