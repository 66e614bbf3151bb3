import type { ComparisonRow } from "./comparison.js";
import { escapeHtml } from "@isoconv/conformance/report";

type Ran = Extract<ComparisonRow, { status: "ran" }>;

const WIDTH = 860;
const ROW_HEIGHT = 34;
const LABEL_WIDTH = 110;
/** Decades below the bound that are drawn; anything smaller sits at the left edge. */
const DECADES = 4;

/**
 * A strip per backend: one tick per image at its share of the bound, on a logarithmic scale whose right edge
 * is ten times the bound.
 */
export function deviationChart(rows: readonly Ran[]): string {
  const height = rows.length * ROW_HEIGHT + 40;
  const parts = rows.map((row, index) => strip(row, index * ROW_HEIGHT));
  const axis = Array.from({ length: DECADES + 2 }, (_, i) => {
    const share = 10 ** (i - DECADES);
    const at = position(share).toFixed(1);
    const label = share === 1 ? "bound" : share > 1 ? `${share}×` : `${Number((share * 100).toPrecision(1))} %`;
    const kind = share === 1 ? "limit" : "grid";
    return `<line class="${kind}" x1="${at}" x2="${at}" y1="0" y2="${height - 30}"/><text class="axis" x="${at}" y="${height - 12}">${label}</text>`;
  });
  const summary = rows.map((row) => `${row.backend} at most ${(row.share * 100).toFixed(1)} %`).join(", ");
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Deviation of each image as a share of the bound: ${escapeHtml(summary)}">${axis.join("")}${parts.join("")}</svg>`;
}

function strip(row: Ran, top: number): string {
  const middle = top + ROW_HEIGHT / 2;
  const ticks = row.shares.map((share, image) => {
    const at = position(share).toFixed(1);
    const kind = share > 1 ? "tick wrong" : "tick";
    return `<line class="${kind}" x1="${at}" x2="${at}" y1="${middle - 9}" y2="${middle + 9}"><title>image ${image}: ${(share * 100).toPrecision(3)} % of the bound</title></line>`;
  });
  return `<text class="name" x="0" y="${middle + 4}">${escapeHtml(row.backend)}</text>${ticks.join("")}`;
}

function position(share: number): number {
  const decades = Math.min(1, Math.max(-DECADES, Math.log10(Math.max(share, Number.MIN_VALUE))));
  return LABEL_WIDTH + ((decades + DECADES) / (DECADES + 1)) * (WIDTH - LABEL_WIDTH - 24);
}
