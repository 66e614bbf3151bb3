import type { Backend, Capabilities } from "@isoconv/core-spec";
import type { Memo } from "./memo.js";

/** The backend under test and what is shared between judgements. */
export interface JudgedRun {
  readonly backend: Backend;
  /** Frozen data of the backend under test; bounds follow from it. */
  readonly capabilities: Capabilities;
  /** Expected results, cached while several backends run one plan. */
  readonly memo: Memo;
  readonly signal: AbortSignal | undefined;
}
