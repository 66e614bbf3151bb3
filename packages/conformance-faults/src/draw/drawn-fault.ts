import type { Backend, OpName } from "@isoconv/core-spec";
import type { Memo } from "@isoconv/judge";
import type { Trace } from "../score/trace.js";

/** The kinds of drawn faults, in the order of reports. */
export const kinds = ["shape", "numeric", "state", "graph"] as const;
export type Kind = (typeof kinds)[number];

/**
 * Observes a backend where a fault shows. Resolves to what is wrong, or to `undefined` if the backend is right: its
 * results are within their bounds, or a program sees what it sees on the correct backend.
 *
 * @param memo of this witness alone
 */
export type Witness = (backend: Backend, memo: Memo) => Promise<string | undefined>;

/** A fault that is not named yet: what a generator draws. */
export interface Draw {
  /** The fault in one line. */
  readonly what: string;
  /** The operations whose results are wrong; empty if the fault is not in an operation. */
  readonly ops: readonly OpName[];
  /** The backend; the correct one, in the same wrapper, if the fault is switched off. */
  readonly create: (isFaulty: boolean, id: string) => Backend;
  readonly witness: Witness;
  /**
   * Whether a case during which the correct backend was asked this can differ on the faulty one. It may be true in
   * vain; a case for which it is false behaves the same on both.
   */
  readonly isReachedBy: (trace: Trace) => boolean;
}

/** A fault with a witness on which it shows. */
export interface DrawnFault extends Omit<Draw, "create"> {
  /** `shape-1-17`: the kind, the seed, and the number of the draw. */
  readonly name: string;
  readonly kind: Kind;
  readonly create: () => Promise<Backend>;
  /** The same wrapper with the fault switched off. */
  readonly createControl: () => Promise<Backend>;
}
