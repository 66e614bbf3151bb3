import { printGraph } from "@isoconv/core-spec";
import { familyNames, type Case } from "../plan/case.js";
import type { CaseResult, OpSummary, Report, Status } from "../report/report.js";
import {
  formatCounts,
  formatProbe,
  formatShare,
  formatWorst,
  isFinding,
  notRun,
  replayCommand,
  verdictSentence,
} from "../report/wording.js";

/** The findings of the probes, one per line. */
export function renderProbes(probes: readonly CaseResult[]): string {
  return probes.map((probe) => `probe  ${probe.status.padEnd(11)}  ${probe.id}: ${formatProbe(probe)}`).join("\n");
}

/** A finding as one line; empty for other results. */
export function renderFinding(result: CaseResult): string {
  if (!isFinding(result)) return "";
  return `${result.status.padEnd(5)}  ${result.id}: ${result.reason ?? ""}`;
}

export interface Outcome {
  readonly seconds: number;
  /** Paths. */
  readonly written: readonly string[];
  readonly replayed: boolean;
}

/** The summary of a run. */
export function renderOutcome(report: Report, { seconds, written, replayed }: Outcome): string {
  const stale = report.stale.map(({ cases }) => `stale  the expectation "${cases}" matches no case`);
  const details = replayed
    ? []
    : [
        "",
        `totals    ${report.plan.length} cases: ${formatCounts(report.totals)}`,
        ...titled("families", familyLines(report.cases)),
        ...titled("worst", worstLines(report.ops)),
        ...titled("not run", notRun(report)),
      ];
  return [
    ...stale,
    ...details,
    "",
    `${report.verdict}: ${verdictSentence(report)}. ${report.backend} took ${seconds.toFixed(1)} s.`,
    ...(written.length === 0 ? [] : [`Written: ${written.join(", ")}`]),
    ...(replayed ? [] : nextStep(report)),
  ].join("\n");
}

/** Lines in a separate column, the first beside the title. */
function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? title : "").padEnd(10)}${line}`);
}

function familyLines(cases: readonly CaseResult[]): readonly string[] {
  return familyNames.flatMap((family) => {
    const counts: Partial<Record<Status, number>> = {};
    for (const { status } of cases.filter((each) => each.family === family)) counts[status] = (counts[status] ?? 0) + 1;
    return Object.keys(counts).length === 0 ? [] : [`${family}: ${formatCounts(counts)}`];
  });
}

const SHOWN = 5;

function worstLines(ops: readonly OpSummary[]): readonly string[] {
  return ops
    .flatMap(({ op, worst }) => (worst === undefined || worst.share === 0 ? [] : [{ ...worst, op }]))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, SHOWN)
    .map(({ op, share, case: id }) => `${op}: ${formatShare(share)} of its bound in ${id}`);
}

function nextStep(report: Report): readonly string[] {
  const first = report.cases.find(isFinding);
  if (first !== undefined && first.status !== "xpass") return [`Next: ${replayCommand(report, first.id)}`];
  if (report.verdict === "drift") return ["Next: correct the backend's expectations"];
  return [];
}

/** The details of one case. */
export function renderCase(testCase: Case, result: CaseResult, report: Report): string {
  const { id, status, reason, shares, measured, replay, counterexample, expectation } = result;
  const line = (title: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`${title.padEnd(14)}${text}`];
  const network = "network" in testCase ? testCase.network : undefined;
  return [
    `${id}: ${status}`,
    ...line("family", result.family),
    ...line("operations", result.ops.join(", ") || "none"),
    ...line("reason", reason),
    ...line("measured", measured),
    ...line("expectation", expectation && `${expectation.kind}: ${expectation.reason} (${expectation.link})`),
    ...shares.flatMap(({ op, share, worst }) => [
      ...line("share", `${op}: ${formatShare(share)} of its bound`),
      ...line("worst", worst && formatWorst(worst)),
    ]),
    ...line("fast-check", replay && `seed ${replay.seed}, path ${replay.path}`),
    ...line("batch, seed", network && `${network.batch}, ${network.seed}`),
    ...(network === undefined ? [] : ["", printGraph(network.graph).trimEnd()]),
    ...(counterexample === undefined ? [] : ["", "smallest that fails:", printGraph(counterexample.graph).trimEnd()]),
    "",
    ...line("again", replayCommand(report, id)),
  ].join("\n");
}
