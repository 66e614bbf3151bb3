import type { OpName } from "@isoconv/core-spec";
import type { Report } from "../report.js";
import { countsOfOp, formatCounts, formatShare, reportNames, statusOfOp } from "../wording.js";
import { anchorId, escapeHtml, htmlTable } from "./html.js";

/** The upper limits of the colours of the heat map, as shares of the bound. */
const STEPS = [0, 0.1, 0.25, 0.5, 0.75, 1] as const;

/** A table of backends and operations with status and largest share, coloured by the share. */
export function matrixSection(reports: readonly Report[]): string {
  const ops = [...new Set(reports.flatMap((report) => report.ops.map(({ op }) => op)))];
  const header = ["operation", ...reportNames(reports).map(escapeHtml)];
  const rows = ops.map((op) => [`<code>${op}</code>`, ...reports.map((report, index) => cell(op, report, index))]);
  return `<h2 id="matrix">Operations</h2>
<p>The status of each operation's cases, and the largest share of the error bound that one of them used. A cell links to its cases.</p>
${legend()}
${htmlTable("Operations by backend", header, rows)}`;
}

function cell(op: OpName, report: Report, index: number): string {
  const summary = report.ops.find((each) => each.op === op);
  if (summary === undefined) return "–";
  const status = statusOfOp(summary);
  const share = summary.worst?.share;
  const counts = formatCounts(countsOfOp(summary));
  const used = share === undefined ? "" : ` <small>${formatShare(share)}</small>`;
  const label = `${op} on ${report.backend}: ${counts}${share === undefined ? "" : `, worst share ${formatShare(share)}`}`;
  return (
    `<td class="heat ${heatClass(share)}"><a href="#${opAnchor(index, op)}" aria-label="${escapeHtml(label)}" title="${escapeHtml(counts)}">` +
    `<b class="status ${status.replace(" ", "-")}">${status}</b>${used}</a></td>`
  );
}

/** The id of the section with the cases of an operation on a backend. */
export function opAnchor(index: number, op: string): string {
  return anchorId("op", String(index), op);
}

function heatClass(share: number | undefined): string {
  if (share === undefined) return "none";
  const step = STEPS.findIndex((end) => share <= end);
  return step === -1 ? "beyond" : `h${step}`;
}

function legend(): string {
  const entries = STEPS.map((end, step) => {
    const start = STEPS[step - 1];
    const text = start === undefined ? "exact" : `${formatShare(start)} – ${formatShare(end)}`;
    return `<li class="heat h${step}">${text}</li>`;
  });
  return `<ul class="legend" aria-label="Share of the bound used">${entries.join("")}<li class="heat beyond">beyond the bound</li><li class="heat none">not measured</li></ul>`;
}
