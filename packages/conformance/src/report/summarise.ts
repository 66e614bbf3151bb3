import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { FamilyName } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import { profiles } from "../plan/profile.js";
import { staleExpectations, type Expectation } from "../run/expectation.js";
import type { MachineInfo } from "./machine-info.js";
import { statuses, type CaseResult, type OpSummary, type Report, type Status, type Verdict } from "./report.js";

/** The origin of a report. */
export interface Origin {
  /** The machine. */
  readonly machine?: MachineInfo | undefined;
  /** The backend as given on the command line. */
  readonly target?: string | undefined;
}

/** Makes a report of the results of every case of a plan. */
export function summarise(
  backend: string,
  capabilities: Capabilities,
  plan: Plan,
  expectations: readonly Expectation[],
  cases: readonly CaseResult[],
  { machine, target }: Origin = {},
): Report {
  const totals = totalsOf(cases);
  const stale = staleExpectations(expectations, plan);
  return {
    format: "isoconv-conformance-report",
    version: 1,
    backend,
    ...(target === undefined || target === backend ? {} : { target }),
    capabilities,
    ...(machine === undefined ? {} : { machine }),
    plan: planOf(plan),
    verdict: verdictOf(totals, plan.omitted, stale.length),
    totals,
    stale,
    ops: profiles[plan.profile].ops.map((op) => summariseOp(op, cases)),
    cases,
  };
}

/** The members of a plan that a report keeps. */
export function planOf({ profile, budget, seed, share, filter, cases, omitted }: Plan): Report["plan"] {
  return { profile, budget, seed, share, filter, length: cases.length, omitted };
}

function totalsOf(cases: readonly CaseResult[]): Readonly<Record<Status, number>> {
  const count = (status: Status): number => cases.filter((each) => each.status === status).length;
  return Object.fromEntries(statuses.map((status) => [status, count(status)])) as Record<Status, number>;
}

/** See `Verdict`. */
export function verdictOf(totals: Readonly<Record<Status, number>>, omitted: Plan["omitted"], stale: number): Verdict {
  if (totals.fail + totals.error > 0) return "nonconformant";
  if (totals.xpass + stale > 0) return "drift";
  if (omitted !== 0) return "partial";
  return totals.skip + totals.unsupported + totals.xfail > 0 ? "partial" : "conformant";
}

function summariseOp(op: OpName, cases: readonly CaseResult[]): OpSummary {
  const families: Partial<Record<FamilyName, Partial<Record<Status, number>>>> = {};
  let worst: OpSummary["worst"];
  for (const { id, family, ops, status, shares } of cases) {
    if (ops.includes(op)) {
      const counts = (families[family] ??= {});
      counts[status] = (counts[status] ?? 0) + 1;
    }
    for (const share of shares) {
      if (share.op === op && (worst === undefined || share.share > worst.share)) worst = { ...share, case: id };
    }
  }
  return { op, families, worst };
}
