import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { Judgement, OpShare } from "@isoconv/judge";
import type { Budget } from "../plan/budget.js";
import type { FamilyName } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { ProfileName } from "../plan/profile.js";
import type { Expectation } from "../run/expectation.js";
import type { MachineInfo } from "./machine-info.js";

/** What became of a case. */
export const statuses = ["pass", "fail", "xfail", "xpass", "unsupported", "skip", "error"] as const;
/**
 * - `pass`: as it should be.
 * - `fail`: not as it should be, and nobody expected it.
 * - `xfail`: failed as its expectation says.
 * - `xpass`: passed although an expectation says it fails.
 * - `unsupported`: needs an operation the backend declares unsupported, and compiling was refused with `UNSUPPORTED`.
 * - `skip`: not run, as an expectation says.
 * - `error`: could not be judged: the suite or the oracle failed, or the run was broken off.
 */
export type Status = (typeof statuses)[number];

/**
 * - `conformant`: every case of the profile was run and passed.
 * - `partial`: nothing failed unexpectedly, but some part of the profile was not run (`omitted`, `skip`, `unsupported`)
 *   or fails as expected (`xfail`).
 * - `nonconformant`: a case failed or could not be judged.
 * - `drift`: nothing else is wrong, but an expectation no longer holds: `xpass`, or one that speaks of no case.
 */
export type Verdict = "conformant" | "partial" | "nonconformant" | "drift";

/** What one case found. */
export interface CaseResult extends Omit<Judgement, "passed"> {
  readonly id: string;
  readonly family: FamilyName;
  readonly ops: readonly OpName[];
  readonly status: Status;
  /** The expectation that spoke of it. */
  readonly expectation?: Expectation;
}

/** What the suite says of one operation. */
export interface OpSummary {
  readonly op: OpName;
  /** Cases by family and status; what did not occur is left out. */
  readonly families: Readonly<Partial<Record<FamilyName, Readonly<Partial<Record<Status, number>>>>>>;
  /** The largest share of its bound in any case, and where. */
  readonly worst: (OpShare & { readonly case: string }) | undefined;
}

/** Everything a run found; deterministic for a plan, a backend and a machine, so it holds no times. */
export interface Report {
  readonly format: "isoconv-conformance-report";
  readonly version: 1;
  readonly backend: string;
  /** What the command line called the backend, where that is not its id: a module's path. */
  readonly target?: string;
  readonly capabilities: Capabilities;
  /** What it ran on, where the runner said so. */
  readonly machine?: MachineInfo;
  readonly plan: {
    readonly profile: ProfileName;
    readonly budget: Budget;
    readonly seed: number;
    readonly filter: readonly string[];
    readonly length: number;
    readonly omitted: Plan["omitted"];
  };
  readonly verdict: Verdict;
  /** How many cases have each status; they add up to the plan's length. */
  readonly totals: Readonly<Record<Status, number>>;
  /** Expectations that speak of no case. */
  readonly stale: readonly Expectation[];
  readonly ops: readonly OpSummary[];
  readonly cases: readonly CaseResult[];
}
