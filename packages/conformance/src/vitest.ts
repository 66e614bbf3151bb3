import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backend } from "@isoconv/core-spec";
import { familyNames } from "./plan/case.js";
import { planConformance, type PlanOptions } from "./plan/plan.js";
import { statuses, type CaseResult } from "./report/report.js";
import { summarise } from "./report/summarise.js";
import { staleExpectations, type Expectation } from "./run/expectation.js";
import { Session, timeoutMilliseconds } from "./run/session.js";

/** What `describeConformance` tests. */
export interface ConformanceSuite extends PlanOptions {
  /** Names the suite in vitest's output. */
  readonly name: string;
  /** Makes the backend under test. */
  readonly create: () => Promise<Backend>;
  readonly expectations?: readonly Expectation[];
}

/**
 * Declares one vitest test for each case of a plan, in suites by family. `skip` and `unsupported` show as skipped with
 * their reason; a failure that is expected passes; one that is gone, and an expectation that speaks of no case, fail.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a bad plan
 */
export function describeConformance({ name, create, expectations = [], ...options }: ConformanceSuite): void {
  const plan = planConformance(options);
  const timeout = 2 * timeoutMilliseconds[plan.budget];
  const stale = staleExpectations(expectations, plan);

  describe(name, () => {
    let session: Session;
    const results: CaseResult[] = [];
    beforeAll(async () => void (session = await Session.open(plan, { create, expectations })), timeout);
    afterAll(() => session.close(), timeout);

    for (const family of familyNames) {
      const cases = plan.cases.filter((testCase) => testCase.family === family);
      if (cases.length === 0) continue;
      describe(family, () => {
        for (const testCase of cases) {
          const { id } = testCase;
          it(
            id,
            async ({ skip }) => {
              const result = await session.decide(testCase);
              results.push(result);
              if (result.status === "skip") skip(`skip: ${result.reason ?? ""}`);
              if (result.status === "unsupported") skip(`unsupported, and refused so: ${testCase.ops.join(", ")}`);
              const isFine = result.status === "pass" || result.status === "xfail";
              expect(isFine, `${result.status}: ${result.reason ?? ""}`).toBe(true);
            },
            timeout,
          );
        }
      });
    }

    it("has no expectation that speaks of no case", () => expect(stale).toEqual([]));

    it(`decides all ${plan.cases.length} cases`, ({ skip, annotate }) => {
      // `vitest -t` runs some of the tests; there is no verdict then.
      if (results.length < plan.cases.length) skip(`${results.length} of ${plan.cases.length} cases were run`);
      const { verdict, totals } = summarise(session.backend, session.capabilities, plan, expectations, results);
      const counts = statuses.flatMap((status) => (totals[status] === 0 ? [] : [`${totals[status]} ${status}`]));
      expect(Object.values(totals).reduce((sum, count) => sum + count)).toBe(plan.cases.length);
      return annotate(`${verdict}: ${counts.join(", ")}`);
    });
  });
}
