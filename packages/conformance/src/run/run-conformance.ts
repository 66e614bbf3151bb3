import { checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import type { Plan } from "../plan/plan.js";
import type { CaseResult, Report } from "../report/report.js";
import { summarise, type Origin } from "../report/summarise.js";
import { Results, runCases } from "./run-cases.js";
import { openSession, type SessionOptions } from "./session.js";

export interface ConformanceOptions extends SessionOptions, Origin {
  /** Called after every case that was run, with its result and its duration. */
  readonly onResult?: ((result: CaseResult, milliseconds: number) => void) | undefined;
  /** Stops at the first `fail` or `error`. The cases after it get the status `skip`, with that case as the reason. */
  readonly stopAtFirstFailure?: boolean | undefined;
}

const OPTIONS: KnownOptions<ConformanceOptions> = {
  known: {
    create: optionChecks.function,
    expectations: optionChecks.list,
    signal: optionChecks.signal,
    timeout: optionChecks.milliseconds,
    memo: true,
    machine: true,
    target: optionChecks.text,
    onResult: optionChecks.function,
    stopAtFirstFailure: optionChecks.flag,
  },
};

/**
 * Runs a plan on a backend. Every planned case gets a status: the totals add up to the plan's length.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option and as `openSession`; the errors of the first call of `create`
 */
export async function runConformance(plan: Plan, options: ConformanceOptions): Promise<Report> {
  checkOptions(options, OPTIONS, { op: "runConformance" });
  const session = await openSession(plan.budget, options);
  try {
    const results = new Results(plan, options.stopAtFirstFailure);
    const cases = plan.cases.values();
    await runCases(
      session,
      () => (results.isStopped ? undefined : cases.next().value),
      (result, milliseconds) => {
        results.add(result);
        options.onResult?.(result, milliseconds);
      },
    );
    const { backend, capabilities } = session;
    return summarise(backend, capabilities, plan, options.expectations ?? [], results.all(), options);
  } finally {
    await session.close();
  }
}
