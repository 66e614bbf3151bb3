import type { Backend, Capabilities } from "@isoconv/core-spec";
import type { Memo } from "./memo.js";

/** What a network is judged with. */
export interface JudgedRun {
  readonly backend: Backend;
  /** Frozen data of the backend under test; bounds follow from it. */
  readonly capabilities: Capabilities;
  /** Expected results, kept while several backends run one plan. */
  readonly memo: Memo;
  readonly signal: AbortSignal | undefined;
}
