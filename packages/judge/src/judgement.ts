import type { OpName } from "@isoconv/core-spec";
import type { NetworkSpec } from "./network/network-spec.js";
import type { FilledNetwork } from "./network/network-spec.js";

/** The element that came closest to its bound, or exceeded it most. */
export interface WorstElement {
  /** The graph's value. */
  readonly value: string;
  readonly index: readonly number[];
  readonly expected: number;
  readonly got: number;
  readonly bound: number;
}

/** The share of its bound that one operation used. */
export interface OpShare {
  readonly op: OpName;
  /** `error / bound`: at most 1 in a correct result; ∞ for a wrong shape, a wrong non-finite value or wrong bits. */
  readonly share: number;
  readonly worst: WorstElement | undefined;
}

/** The findings of a case. */
export interface Judgement {
  readonly passed: boolean;
  /** One line that describes the failure; absent if the case passed. */
  readonly reason?: string;
  readonly shares: readonly OpShare[];
  /** The smallest network that shows the failure, if the case consists of more than one network. */
  readonly counterexample?: NetworkSpec | FilledNetwork;
  /** What was measured, for probes. */
  readonly measured?: string;
  /** How to reproduce the failure with fast-check. */
  readonly replay?: { readonly seed: number; readonly path: string };
}

/** A judgement without findings. */
export function passed(shares: readonly OpShare[] = []): Judgement {
  return { passed: true, shares };
}

/** A failed judgement. */
export function failed(reason: string, rest: Partial<Omit<Judgement, "passed" | "reason">> = {}): Judgement {
  return { passed: false, reason, shares: [], ...rest };
}

/** The largest share of each operation. */
export function worstByOp(shares: readonly OpShare[]): readonly OpShare[] {
  const worst = new Map<OpName, OpShare>();
  for (const share of shares) {
    const known = worst.get(share.op);
    if (known === undefined || !(share.share <= known.share)) worst.set(share.op, share);
  }
  return [...worst.values()];
}
