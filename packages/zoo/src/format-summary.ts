import { formatShape } from "@isoconv/core-spec";
import type { ModelSummary } from "./summary.js";

const HEADER = ["path", "op", "output", "parameters", "MACs"] as const;

/** A summary as a table of text, one line a node, counts aligned to the right, ending in a line break. */
export function formatSummary({ name, inputShape, rows, totals }: ModelSummary): string {
  const body = rows.map(({ path, op, outputShape, parameters, macs }) => [
    path,
    op,
    formatShape(outputShape),
    formatCount(parameters),
    formatCount(macs),
  ]);
  const total = ["total", "", "", formatCount(totals.parameters), formatCount(totals.macs)];
  const table = [HEADER, ...body, total];
  const widths = HEADER.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const formatLine = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const lines = [
    `${name}, input ${formatShape(inputShape)}`,
    formatLine(HEADER),
    rule,
    ...body.map(formatLine),
    rule,
    formatLine(total),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** 11,689,512, whatever the machine's locale. */
function formatCount(count: number): string {
  return count === 0 ? "" : count.toLocaleString("en-US");
}
