import { planConformance, statuses, type Report } from "@isoconv/conformance";
import { afterAll, describe, expect, it } from "vitest";
import { committedReport, reportEntries, type ReportEntry } from "./committed.js";
import { lackFor } from "./lack-for.js";
import { suiteRunner, type SuiteRun, type SuiteRunner } from "./run-suite.js";

/**
 * What is run of the plan where a processor plays the GPU, a quarter of the time: no special values, relations and random
 * graphs, and two networks of eleven. `npm run docs` runs the whole.
 */
const softwareFilter = [
  ...["probe", "trap", "contract", "error"].map((family) => `${family}/**`),
  ...["exact", "matrix"].map((family) => `op/*/${family}/**`),
  ...["d2l/lenet", "squeezenet1_1"].map((name) => `model/${name}/**`),
];

const wholeLength = planConformance().cases.length;
const softwareLength = planConformance({ filter: softwareFilter }).cases.length;

/** A report without what another machine may change: its name and GPU, its threads, the last digits of its arithmetic. */
function lasting({ machine: _machine, capabilities, cases: _cases, ops, ...rest }: Report): unknown {
  const { threads: _threads, adapter: _adapter, ...fixed } = capabilities;
  return { ...rest, capabilities: fixed, ops: ops.map(({ op, families }) => ({ op, families })) };
}

function findings({ cases }: Pick<Report, "cases">): readonly string[] {
  return cases.filter(({ status }) => status !== "pass").map(({ id, status }) => `${status} ${id}`);
}

/** Where continuous integration installs what a report needs, its lack is a failure. */
function isRequired({ host, isOnGpu }: ReportEntry): boolean {
  const variable = host === "page" ? "ISOCONV_REQUIRE_BROWSER" : isOnGpu ? "ISOCONV_REQUIRE_VULKAN" : "";
  return process.env[variable] === "1";
}

/** Runs the suite for every report from one host, and compares. */
export function describeReports(host: ReportEntry["host"]): void {
  const runner = suiteRunner();
  afterAll(() => runner.close());
  describe.each(reportEntries.filter((entry) => entry.host === host))("$name", (entry) => compare(entry, runner));
}

function compare(entry: ReportEntry, runner: SuiteRunner): void {
  const committed = committedReport(entry);
  it("is committed with every case of the quick plan, and a good verdict", () => {
    expect(["conformant", "partial"]).toContain(committed.verdict);
    expect(committed).toMatchObject({ backend: entry.backend, plan: { budget: "quick", length: wholeLength } });
    expect(statuses.reduce((sum, status) => sum + committed.totals[status], 0)).toBe(wholeLength);
  });

  const what = entry.isOnGpu ? "gets what is committed, of the part that software takes" : "gets what is committed";
  it(what, async ({ skip }) => {
    const lack = lackFor(entry);
    if (lack !== undefined && !isRequired(entry)) skip(lack);
    if (entry.isOnGpu) comparePart((await runner.run(entry, softwareFilter)).report, committed);
    else compareWhole(await runner.run(entry), committed, entry);
  });
}

function compareWhole({ report, seconds }: SuiteRun, committed: Report, { host }: ReportEntry): void {
  expect(lasting(report)).toEqual(lasting(committed));
  expect(findings(report)).toEqual(findings(committed));
  expect(report.cases).toHaveLength(wholeLength);
  for (const { worst } of report.ops) expect(worst?.share ?? 0).toBeLessThanOrEqual(1);
  // The suite's promise for two cores is a minute; a busy machine is given twice that before the test complains.
  if (host === "node") expect(seconds).toBeLessThan(120);
}

function comparePart(report: Report, committed: Report): void {
  expect(report.cases).toHaveLength(softwareLength);
  const run = new Set(report.cases.map(({ id }) => id));
  expect(findings(report)).toEqual(findings({ cases: committed.cases.filter(({ id }) => run.has(id)) }));
  expect(report.capabilities.ops).toEqual(committed.capabilities.ops);
  for (const { worst } of report.ops) expect(worst?.share ?? 0).toBeLessThanOrEqual(1);
}
