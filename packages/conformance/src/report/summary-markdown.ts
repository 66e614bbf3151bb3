import { familyNames } from "../plan/case.js";
import { code, escapeMarkdown, link, markdownTable } from "./markdown.js";
import { statuses, type CaseResult, type OpSummary, type Report, type Status } from "./report.js";
import {
  countsOfOp,
  formatCounts,
  formatProbe,
  formatShare,
  isFinding,
  notRun,
  replayCommand,
  verdictSentence,
} from "./wording.js";

/** A report as Markdown, for a pull request or a terminal. */
export function renderSummary(report: Report): string {
  const { backend, capabilities, plan, verdict, totals } = report;
  const { runtime } = capabilities;
  const filter = plan.filter.length === 0 ? "" : `, only ${plan.filter.map(code).join(", ")}`;
  return `${[
    `# Conformance of ${escapeMarkdown(backend)}: ${verdict}`,
    sentence(verdictSentence(report)),
    `Profile ${plan.profile}, budget ${plan.budget}, seed ${plan.seed}${filter}, on ${escapeMarkdown(`${runtime.name} ${runtime.version}`)} (${capabilities.device}, ${capabilities.threads} ${capabilities.threads === 1 ? "thread" : "threads"}, ${capabilities.arithmetic}).`,
    `## Totals`,
    markdownTable(["cases", ...statuses], [[plan.length, ...statuses.map((status) => totals[status])].map(String)]),
    ...findings(report),
    ...expected(report),
    `## Operations`,
    markdownTable(
      ["operation", "support", "cases", "worst share of its bound", "where"],
      report.ops.map((summary) => opRow(summary, report)),
    ),
    `## Families`,
    markdownTable(["family", "cases"], familyRows(report.cases)),
    ...probes(report),
    `## Not run`,
    bullets(notRun(report).map(escapeMarkdown), "Everything of the profile was run."),
  ].join("\n\n")}\n`;
}

function findings(report: Report): readonly string[] {
  const found = report.cases.filter(isFinding).map((result) => findingLines(result, report));
  const stale = report.stale.map(
    ({ cases, reason, link: address }) =>
      `- **stale** the expectation ${code(cases)} matches no case: ${link(reason, address)}`,
  );
  const lines = [...found, ...stale];
  return lines.length === 0 ? [] : [`## Findings`, lines.join("\n")];
}

function findingLines({ id, status, reason }: CaseResult, report: Report): string {
  return `- **${status}** ${code(id)}: ${escapeMarkdown(reason ?? status)}\n  ${code(replayCommand(report, id))}`;
}

function expected({ cases }: Report): readonly string[] {
  const lines = cases.flatMap(({ id, status, reason, expectation }) =>
    expectation === undefined || (status !== "xfail" && status !== "skip")
      ? []
      : [
          `- **${status}** ${code(id)}: ${link(expectation.reason, expectation.link)}${status === "xfail" ? `; ${escapeMarkdown(reason ?? "")}` : ""}`,
        ],
  );
  return lines.length === 0 ? [] : [`## Expected`, lines.join("\n")];
}

function opRow(summary: OpSummary, { capabilities }: Report): readonly string[] {
  const { op, worst } = summary;
  const support = capabilities.ops[op];
  return [
    code(op),
    typeof support === "object" ? link(`unsupported: ${support.unsupported}`, support.issue) : support,
    formatCounts(countsOfOp(summary)),
    worst === undefined ? "–" : formatShare(worst.share),
    worst === undefined ? "–" : code(worst.case),
  ];
}

function familyRows(cases: readonly CaseResult[]): readonly (readonly string[])[] {
  return familyNames.flatMap((family) => {
    const counts: Partial<Record<Status, number>> = {};
    for (const { status } of cases.filter((each) => each.family === family)) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return Object.keys(counts).length === 0 ? [] : [[family, formatCounts(counts)]];
  });
}

function probes({ cases }: Report): readonly string[] {
  const rows = cases
    .filter(({ family }) => family === "probe")
    .map((probe) => [code(probe.id), probe.status, escapeMarkdown(formatProbe(probe))]);
  return rows.length === 0 ? [] : [`## Probes`, markdownTable(["probe", "status", "measured"], rows)];
}

function bullets(lines: readonly string[], none: string): string {
  return lines.length === 0 ? none : lines.map((line) => `- ${line}`).join("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
