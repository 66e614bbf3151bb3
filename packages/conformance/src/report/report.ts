import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { Judgement, OpShare } from "@isoconv/judge";
import type { Budget } from "../plan/budget.js";
import type { FamilyName } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { ProfileName } from "../plan/profile.js";
import type { Expectation } from "../run/expectation.js";
import type { MachineInfo } from "./machine-info.js";

/** The status of a case. */
export const statuses = ["pass", "fail", "xfail", "xpass", "unsupported", "skip", "error"] as const;
/**
 * - `pass`: the result is right.
 * - `fail`: the result is wrong, and no expectation says so.
 * - `xfail`: failed as its expectation says.
 * - `xpass`: passed although an expectation says it fails.
 * - `unsupported`: needs an operation the backend declares unsupported, and compiling was refused with `UNSUPPORTED`.
 * - `skip`: not run, because an expectation says so, or because the run stopped at an earlier failure as asked.
 * - `error`: could not be judged: the suite or the oracle failed, or the run was aborted.
 */
export type Status = (typeof statuses)[number];

/**
 * - `conformant`: every case of the profile was run and passed.
 * - `partial`: nothing failed unexpectedly, but some part of the profile was not run (`omitted`, `skip`, `unsupported`)
 *   or fails as expected (`xfail`).
 * - `nonconformant`: a case failed or could not be judged.
 * - `drift`: nothing else is wrong, but an expectation no longer holds: `xpass`, or an expectation that matches no case.
 */
export type Verdict = "conformant" | "partial" | "nonconformant" | "drift";

/** The result of one case. */
export interface CaseResult extends Omit<Judgement, "passed"> {
  readonly id: string;
  readonly family: FamilyName;
  readonly ops: readonly OpName[];
  readonly status: Status;
  /** The expectation that matches the case. */
  readonly expectation?: Expectation;
}

/** The summary of one operation. */
export interface OpSummary {
  readonly op: OpName;
  /** The number of cases by family and status, without zeros. */
  readonly families: Readonly<Partial<Record<FamilyName, Readonly<Partial<Record<Status, number>>>>>>;
  /** The largest share of its bound in any case, and the case. */
  readonly worst: (OpShare & { readonly case: string }) | undefined;
}

/** The results of a run. Deterministic for a plan, a backend and a machine, so it has no times. */
export interface Report {
  readonly format: "isoconv-conformance-report";
  readonly version: 1;
  readonly backend: string;
  /** The backend as given on the command line if that is not its id: the path of a module. */
  readonly target?: string;
  readonly capabilities: Capabilities;
  /** The machine, if the runner gave it. */
  readonly machine?: MachineInfo;
  readonly plan: {
    readonly profile: ProfileName;
    readonly budget: Budget;
    readonly seed: number;
    readonly share: number;
    readonly filter: readonly string[];
    readonly length: number;
    readonly omitted: Plan["omitted"];
  };
  readonly verdict: Verdict;
  /** The number of cases of each status; they add up to the plan's length. */
  readonly totals: Readonly<Record<Status, number>>;
  /** Expectations that match no case. */
  readonly stale: readonly Expectation[];
  readonly ops: readonly OpSummary[];
  readonly cases: readonly CaseResult[];
}
