import type { Capabilities, OpName } from "@isoconv/core-spec";
import type { MachineInfo } from "./machine-info.js";
import { code, escapeMarkdown, link, markdownTable } from "./markdown.js";
import type { CaseResult, Report } from "./report.js";
import { formatCounts, formatShare, refusalsOf, reportNames, statusOfOp } from "./wording.js";

/** `docs/matrix.md`: a table of operations (rows) and backends (columns). */
export function renderMatrix(reports: readonly Report[]): string {
  const ops = [...new Set(reports.flatMap((report) => report.ops.map(({ op }) => op)))];
  const names = reportNames(reports);
  const header = ["operation", ...names.map(escapeMarkdown)];
  const rows = [
    ["**verdict**", ...reports.map(({ verdict }) => `**${verdict}**`)],
    [
      "runtime",
      ...reports.map(({ capabilities: { runtime } }) => escapeMarkdown(`${runtime.name} ${runtime.version}`)),
    ],
    ["host", ...reports.map(({ machine }) => escapeMarkdown(machine?.host ?? "–"))],
    ["GPU", ...reports.map(({ capabilities }) => escapeMarkdown(gpuOf(capabilities)))],
    ["arithmetic", ...reports.map(({ capabilities }) => capabilities.arithmetic)],
    ["NaN and ∞", ...reports.map(({ capabilities }) => capabilities.nonFinite)],
    ["plan", ...reports.map(({ plan }) => `${plan.budget}, seed ${plan.seed}`)],
    ["share of the plan", ...reports.map(({ plan }) => formatShare(plan.share))],
    ["cases", ...reports.map(({ totals }) => formatCounts(totals))],
    ...ops.map((op) => [code(op), ...reports.map((report) => cell(op, report))]),
  ];
  const notes = reports.flatMap((report, index) => notesOf(report, names[index] ?? report.backend));
  const machines = [...new Set(reports.flatMap(({ machine }) => (machine === undefined ? [] : [describe(machine)])))];
  return `${[
    "# Conformance of every backend",
    "Generated from the committed reports; do not edit. A cell gives the status of the operation's cases and their largest share. A share is the error divided by the error bound of the operation: up to 100 % is correct, and ∞ is an error that no bound permits.",
    ...(machines.length === 0 ? [] : [`Measured on ${machines.map(escapeMarkdown).join("; ")}.`]),
    markdownTable(header, rows),
    ...(notes.length === 0 ? [] : ["## Notes", notes.join("\n")]),
  ].join("\n\n")}\n`;
}

function describe({ cpu, cores, platform }: MachineInfo): string {
  return `${cpu}, ${cores} cores, ${platform}`;
}

function gpuOf({ device, adapter }: Capabilities): string {
  return device === "gpu" ? (adapter ?? "not reported") : "–";
}

function cell(op: OpName, report: Report): string {
  const summary = report.ops.find((each) => each.op === op);
  if (summary === undefined) return "–";
  const status = statusOfOp(summary);
  return summary.worst === undefined || status === "unsupported"
    ? status
    : `${status}, ${formatShare(summary.worst.share)}`;
}

function notesOf({ capabilities, cases }: Report, title: string): readonly string[] {
  const name = `**${escapeMarkdown(title)}**`;
  const refused = refusalsOf(capabilities).map(
    ({ ops, unsupported, issue }) =>
      `- ${name} does not support ${ops.map(code).join(", ")}: ${link(unsupported, issue)}`,
  );
  return [...refused, ...expectedNotes(name, cases)];
}

/** One note per expectation, with the number of its cases. */
function expectedNotes(name: string, cases: readonly CaseResult[]): readonly string[] {
  const noted = new Map<string, { readonly note: string; readonly count: number }>();
  for (const { status, expectation } of cases) {
    if (expectation === undefined || (status !== "xfail" && status !== "skip")) continue;
    const key = `${status} ${expectation.cases} ${expectation.link}`;
    const note = `${status} ${code(expectation.cases)}: ${link(expectation.reason, expectation.link)}`;
    noted.set(key, { note, count: (noted.get(key)?.count ?? 0) + 1 });
  }
  return [...noted.values()].map(({ note, count }) => `- ${name} ${note} (${count} ${count === 1 ? "case" : "cases"})`);
}
