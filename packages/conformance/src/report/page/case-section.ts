import { printGraph } from "@isoconv/core-spec";
import type { CaseResult, OpSummary, Report } from "../report.js";
import { countsOfOp, formatCounts, formatShare, formatWorst, isFinding, replayCommand } from "../wording.js";
import { anchor, escapeHtml } from "./html.js";
import { opAnchor } from "./matrix-section.js";

/** The cases of one backend by operation; cases of no or several operations are separate. Initially closed. */
export function caseSection(report: Report, index: number): string {
  const single = (op: string): readonly CaseResult[] =>
    report.cases.filter(({ ops }) => ops.length === 1 && ops[0] === op);
  const groups = report.ops.map((summary) => opGroup(summary, single(summary.op), report, index));
  const others = report.cases.filter(({ ops }) => ops.length !== 1);
  const rest =
    others.length === 0
      ? ""
      : `<details class="op"><summary>no or several operations <small>${others.length} cases</small></summary>${caseList(others, report)}</details>`;
  const left = report.plan.length - report.cases.length;
  const note = left === 0 ? "" : `<p>${left} cases that simply passed are not listed in this report.</p>`;
  return `<h3>${escapeHtml(report.backend)}</h3>${note}${groups.join("")}${rest}`;
}

function opGroup(summary: OpSummary, cases: readonly CaseResult[], report: Report, index: number): string {
  const { op, worst } = summary;
  const where =
    worst === undefined
      ? ""
      : `<p>Worst share: ${formatShare(worst.share)} in <code>${escapeHtml(worst.case)}</code>.</p>`;
  const shared = report.cases.filter(({ ops }) => ops.length > 1 && ops.some((each) => each === op)).length;
  const more = shared === 0 ? "" : `<p>${shared} more cases have it beside other operations; they are listed last.</p>`;
  return `<details class="op" id="${opAnchor(index, op)}"><summary><code>${op}</code> <small>${formatCounts(countsOfOp(summary))}</small></summary>${where}${caseList(cases, report)}${more}</details>`;
}

/** The findings with all details, open. */
export function findingSection(reports: readonly Report[]): string {
  const findings = reports.flatMap((report) =>
    report.cases.filter(isFinding).map((result) => caseItem(result, report, `${report.backend}: `)),
  );
  const stale = reports.flatMap(({ backend, stale }) =>
    stale.map(
      ({ cases, reason, link }) =>
        `<li><b class="status xpass">stale</b> ${escapeHtml(backend)}: the expectation <code>${escapeHtml(cases)}</code> matches no case: ${anchor(reason, link)}</li>`,
    ),
  );
  const items = [...findings, ...stale];
  const body = items.length === 0 ? "<p>None.</p>" : `<ul class="cases">${items.join("")}</ul>`;
  return `<h2 id="findings">Findings</h2>${body}`;
}

function caseList(cases: readonly CaseResult[], report: Report): string {
  if (cases.length === 0) return "<p>No case is listed.</p>";
  return `<ul class="cases">${cases.map((result) => caseItem(result, report)).join("")}</ul>`;
}

function caseItem(result: CaseResult, report: Report, prefix = ""): string {
  const { id, status, family } = result;
  return (
    `<li><details><summary><b class="status ${status}">${status}</b> ${escapeHtml(prefix)}<code>${escapeHtml(id)}</code> <small>${family}</small></summary>` +
    `<dl>${facts(result, report)
      .map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`)
      .join("")}</dl></details></li>`
  );
}

/** The details of a case as HTML. */
function facts(result: CaseResult, report: Report): readonly (readonly [string, string])[] {
  const { id, reason, measured, expectation, shares, replay, counterexample } = result;
  return [
    ...(reason === undefined ? [] : [["reason", escapeHtml(reason)] as const]),
    ...(measured === undefined ? [] : [["measured", escapeHtml(measured)] as const]),
    ...(expectation === undefined ? [] : [["expectation", anchor(expectation.reason, expectation.link)] as const]),
    ...shares.map(({ op, share, worst }) => {
      const where = worst === undefined ? "" : `, ${escapeHtml(formatWorst(worst))}`;
      return ["worst element", `<code>${op}</code> ${formatShare(share)} of its bound${where}`] as const;
    }),
    ...(replay === undefined
      ? []
      : [["fast-check", `seed ${replay.seed}, path <code>${escapeHtml(replay.path)}</code>`] as const]),
    ...(counterexample === undefined
      ? []
      : [["counterexample", `<pre>${escapeHtml(printGraph(counterexample.graph))}</pre>`] as const]),
    ["replay", `<code class="command">${escapeHtml(replayCommand(report, id))}</code>`],
  ];
}
