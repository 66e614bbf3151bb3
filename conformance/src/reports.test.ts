import { readFileSync } from "node:fs";
import { planConformance, statuses, type Report } from "@isoconv/conformance";
import { describe, expect, it } from "vitest";
import { backendIds, committedReport, matrixText, matrixUrl } from "./committed.js";
import { runSuite } from "./run-suite.js";

/** The promise for two cores; a busy machine is given twice that before the test complains. */
const MOST_SECONDS = 120;

/** A report without what another machine may change: its name, its threads, and the last digits of its arithmetic. */
function lasting({ machine: _machine, capabilities, cases: _cases, ops, ...rest }: Report): unknown {
  const { threads: _threads, ...fixed } = capabilities;
  return { ...rest, capabilities: fixed, ops: ops.map(({ op, families }) => ({ op, families })) };
}

function findings({ cases }: Report): readonly string[] {
  return cases.filter(({ status }) => status !== "pass").map(({ id, status }) => `${status} ${id}`);
}

describe.each(backendIds)("%s", (id) => {
  it("gets the verdict that is committed, and every case a status", async () => {
    const { report, seconds } = await runSuite(id);
    const committed = committedReport(id);
    expect(lasting(report)).toEqual(lasting(committed));
    expect(findings(report)).toEqual(findings(committed));
    expect(statuses.reduce((sum, status) => sum + report.totals[status], 0)).toBe(planConformance().cases.length);
    expect(report.cases).toHaveLength(report.plan.length);
    for (const { worst } of report.ops) expect(worst?.share ?? 0).toBeLessThanOrEqual(1);
    expect(seconds).toBeLessThan(MOST_SECONDS);
  });
});

it("docs/matrix.md says what the reports say", () => {
  expect(readFileSync(matrixUrl, "utf8")).toBe(matrixText(backendIds.map(committedReport)));
});
