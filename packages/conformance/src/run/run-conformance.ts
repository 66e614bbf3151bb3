import { checkOptions, nextTask, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { CaseResult, Report } from "../report/report.js";
import { summarise, type Origin } from "../report/summarise.js";
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

/** The longest time between two pauses for the event loop. */
const SLICE_MILLISECONDS = 16;

/**
 * Runs a plan on a backend. Every planned case gets a status: the totals add up to the plan's length.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option and as `openSession`; the errors of the first call of `create`
 */
export async function runConformance(plan: Plan, options: ConformanceOptions): Promise<Report> {
  checkOptions(options, OPTIONS, { op: "runConformance" });
  const session = await openSession(plan.budget, options);
  try {
    const results: CaseResult[] = [];
    let lastPause = performance.now();
    let failure: CaseResult | undefined;
    for (const testCase of plan.cases) {
      if (failure !== undefined) {
        results.push(notReached(testCase, failure));
        continue;
      }
      const start = performance.now();
      const result = await session.run(testCase);
      results.push(result);
      options.onResult?.(result, performance.now() - start);
      if (options.stopAtFirstFailure === true && isFailure(result)) failure = result;
      // Let a page draw and an abort arrive.
      if (performance.now() - lastPause > SLICE_MILLISECONDS) {
        await nextTask();
        lastPause = performance.now();
      }
    }
    return summarise(session.backend, session.capabilities, plan, options.expectations ?? [], results, options);
  } finally {
    await session.close();
  }
}

function isFailure({ status }: CaseResult): boolean {
  return status === "fail" || status === "error";
}

function notReached({ id, family, ops }: Case, failure: CaseResult): CaseResult {
  return { id, family, ops, status: "skip", shares: [], reason: `not run: the run stopped at ${failure.id}` };
}
