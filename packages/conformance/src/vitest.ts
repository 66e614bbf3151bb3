import { checkOptions, optionChecks, type Backend, type KnownOptions } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, test, type TestContext } from "vitest";
import type { Budget } from "./plan/budget.js";
import type { Case } from "./plan/case.js";
import { PLAN_OPTIONS, planConformance, type Plan } from "./plan/plan.js";
import type { ProfileName } from "./plan/profile.js";
import type { CaseResult } from "./report/report.js";
import { planOf, summarise } from "./report/summarise.js";
import { formatCounts, replayCommand, verdictSentence } from "./report/wording.js";
import { staleExpectations, type Expectation } from "./run/expectation.js";
import { caseTimeout, openSession, type Session } from "./run/session.js";

export interface DescribeOptions {
  /** The name of the test suite. */
  readonly name: string;
  /** Creates the backend under test. Called once, for cases that dispose it, and after a case that hangs. */
  readonly create: () => Promise<Backend>;
  readonly profile?: ProfileName;
  readonly budget?: Budget;
  /** The seed of all random data: an integer in [0, 2³²). */
  readonly seed?: number;
  /** The share of the cases to take, in (0, 1], drawn by the seed: for slow devices and quick tests. */
  readonly share?: number;
  /** Globs of case ids. */
  readonly filter?: readonly string[];
  readonly expectations?: readonly Expectation[];
  /** A plan to use instead of the profile, budget, seed, share and filter. */
  readonly plan?: Plan;
}

const { replay: _one, ...planKnown } = PLAN_OPTIONS.known;
const OPTIONS: KnownOptions<DescribeOptions> = {
  known: {
    ...planKnown,
    name: optionChecks.text,
    create: optionChecks.function,
    expectations: optionChecks.list,
    plan: true,
  },
};

/** Added to the suite's time limit for vitest's, so that the suite reports a case that hangs. */
const GRACE_MILLISECONDS = 30_000;

/**
 * A vitest suite with one test per case, by family and operation. Expected failures, skips and unsupported operations are
 * skipped tests with the reason. Two tests at the end check the expectations against the plan, and state the verdict.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option and as `planConformance`
 */
export function describeConformance(options: DescribeOptions): void {
  checkOptions(options, OPTIONS, { op: "describeConformance" });
  const { name, create, expectations = [], plan: given, ...planOptions } = options;
  const plan = given ?? planConformance(planOptions);
  const timeout = caseTimeout(plan.budget) + GRACE_MILLISECONDS;
  // The last tests need the results of all others, so the order must not change.
  describe(name, { concurrent: false, shuffle: false }, () => {
    let session: Session;
    const results: CaseResult[] = [];
    beforeAll(async () => {
      session = await openSession(plan.budget, { create, expectations });
    }, timeout);
    afterAll(() => session?.close(), timeout);

    for (const [family, cases] of groups(plan.cases, (testCase) => testCase.family)) {
      describe(family, () => {
        for (const [subject, group] of groups(cases, subjectOf)) {
          describe(subject, () => {
            for (const testCase of group) {
              test(testCase.id, { timeout, retry: 0 }, async (context) => {
                const result = await session.run(testCase);
                results.push(result);
                conclude(result, context, replayCommand({ backend: session.backend, plan: planOf(plan) }, result.id));
              });
            }
          });
        }
      });
    }

    test("every expectation matches a case", () => {
      const stale = staleExpectations(expectations, plan).map(({ cases }) => cases);
      expect(stale, "expectations that match no case").toEqual([]);
    });

    test("the verdict", async (context) => {
      if (results.length < plan.cases.length) {
        context.skip(`${results.length} of ${plan.cases.length} cases were run: no verdict`);
      }
      const report = summarise(session.backend, session.capabilities, plan, expectations, results);
      const statement = `${report.verdict}: ${verdictSentence(report)} (${formatCounts(report.totals)})`;
      await context.annotate(statement);
      expect(["conformant", "partial"], statement).toContain(report.verdict);
    });
  });
}

/** Fails or skips the test according to the case's status. */
function conclude({ status, reason, ops, expectation }: CaseResult, context: TestContext, replay: string): void {
  switch (status) {
    case "pass":
      return;
    case "xfail":
      return context.skip(
        `expected failure: ${expectation?.reason ?? ""} (${expectation?.link ?? ""}): ${reason ?? ""}`,
      );
    case "skip":
      return context.skip(`${reason ?? ""} (${expectation?.link ?? ""})`);
    case "unsupported":
      return context.skip(`unsupported: ${ops.join(", ")}`);
    default:
      throw new Error(`${status}: ${reason ?? ""}\n${replay}`);
  }
}

function subjectOf({ ops }: Case): string {
  const [op] = ops;
  return op === undefined ? "no operation" : ops.length === 1 ? op : "several operations";
}

function groups(cases: readonly Case[], keyOf: (testCase: Case) => string): ReadonlyMap<string, readonly Case[]> {
  const groups = new Map<string, Case[]>();
  for (const testCase of cases) {
    const group = groups.get(keyOf(testCase));
    if (group === undefined) groups.set(keyOf(testCase), [testCase]);
    else group.push(testCase);
  }
  return groups;
}
