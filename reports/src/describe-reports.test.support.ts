import { planConformance, statuses, type Plan, type Report } from "@isoconv/conformance";
import { afterAll, describe, expect, it } from "vitest";
import { committedReport, reportEntries, type ReportEntry } from "./committed.js";
import { lackFor } from "./lack-for.js";
import { partOf } from "./part.js";
import { testRunner, type SuiteRunner } from "./run-suite.js";

/** `npm run test:full` sets it. */
const isFull = process.env["ISOCONV_FULL"] === "1";
/** The ids of the cases that are run here. An empty list means all of them, as in `npm run test:full`. */
function filterFor({ backend, host, isOnGpu }: ReportEntry, plan: Plan): readonly string[] {
  if (isFull) return [];
  const families = familiesOf({ backend, host, isOnGpu });
  return partOf(plan, { isOnGpu }).filter((id) => families.test(id));
}

/** Whole graphs take seconds each on a software GPU, and a page adds little to what its backend does in Node. */
function familiesOf({ backend, host, isOnGpu }: Pick<ReportEntry, "backend" | "host" | "isOnGpu">): RegExp {
  if (host === "node") return isOnGpu ? /^(?!graph\/)(?!op\/\w+\/relation\/)/ : /^/;
  const isInNode = reportEntries.some((other) => other.backend === backend && other.host === "node");
  if (isInNode) return /^probe\/|\/(exact|special)\//;
  return isOnGpu ? /^probe\/|\/(exact|size|special)\// : /^/;
}

/**
 * A report without the parts that differ between machines: host name and GPU, threads, the last digits of measurements.
 */
function lasting({ machine: _machine, capabilities, cases: _cases, ops, ...rest }: Report): unknown {
  const { threads: _threads, adapter: _adapter, ...fixed } = capabilities;
  return { ...rest, capabilities: fixed, ops: ops.map(({ op, families }) => ({ op, families })) };
}

function findings({ cases }: Pick<Report, "cases">): readonly string[] {
  return cases.filter(({ status }) => status !== "pass").map(({ id, status }) => `${status} ${id}`);
}

/** Continuous integration installs what a report needs, so there a missing part is a failure. */
function isRequired({ host, isOnGpu }: ReportEntry): boolean {
  const variable = host === "page" ? "ISOCONV_REQUIRE_BROWSER" : isOnGpu ? "ISOCONV_REQUIRE_VULKAN" : "";
  return process.env[variable] === "1";
}

/** Runs the suite for every report of one host and compares. */
export function describeReports(host: ReportEntry["host"]): void {
  const runner = testRunner();
  afterAll(() => runner.close());
  describe.each(reportEntries.filter((entry) => entry.host === host))("$name", (entry) => compare(entry, runner));
}

function compare(entry: ReportEntry, runner: SuiteRunner): void {
  const committed = committedReport(entry);
  const plan = planConformance({ share: entry.share });
  it("is committed with every case of the quick plan, and a good verdict", () => {
    const { length } = plan.cases;
    expect(["conformant", "partial"]).toContain(committed.verdict);
    expect(committed).toMatchObject({ backend: entry.backend, plan: { budget: "quick", share: entry.share, length } });
    expect(statuses.reduce((sum, status) => sum + committed.totals[status], 0)).toBe(length);
  });

  const filter = filterFor(entry, plan);
  const what = filter.length === 0 ? "gets what is committed" : "gets what is committed, of the part that is run";
  it(what, async ({ skip }) => {
    const lack = lackFor(entry);
    if (lack !== undefined && !isRequired(entry)) skip(lack);
    const { report } = await runner.run(entry, filter);
    if (filter.length === 0) compareWhole(report, committed, plan.cases.length);
    else comparePart(report, committed, filter.length);
  });
}

function compareWhole(report: Report, committed: Report, length: number): void {
  expect(lasting(report)).toEqual(lasting(committed));
  expect(findings(report)).toEqual(findings(committed));
  expect(report.cases).toHaveLength(length);
  for (const { worst } of report.ops) expect(worst?.share ?? 0).toBeLessThanOrEqual(1);
}

function comparePart(report: Report, committed: Report, length: number): void {
  expect(report.cases).toHaveLength(length);
  const run = new Set(report.cases.map(({ id }) => id));
  expect(findings(report)).toEqual(findings({ cases: committed.cases.filter(({ id }) => run.has(id)) }));
  expect(report.capabilities.ops).toEqual(committed.capabilities.ops);
  for (const { worst } of report.ops) expect(worst?.share ?? 0).toBeLessThanOrEqual(1);
}
