import { checkOptions, formatShape, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { formatBytes, formatCount } from "./figures.js";
import { collapseSummary, type ModelSummary, type SummaryEntry } from "./model-summary.js";

export interface SummaryFormat {
  /** `text`, a tree with aligned figures, by default; or a Markdown table with full paths. */
  readonly format?: "text" | "markdown";
  /** How many levels of modules to show; all of them by default. */
  readonly depth?: number;
}

/** A column: its heading, and whether its figures are aligned to the right. */
interface Column {
  readonly title: string;
  readonly isFigure: boolean;
  readonly cell: (entry: SummaryEntry) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "op", isFigure: false, cell: ({ op }) => op ?? "" },
  { title: "output", isFigure: false, cell: ({ outputShape }) => formatShape(outputShape) },
  { title: "parameters", isFigure: true, cell: ({ parameters }) => formatCount(parameters) },
  { title: "MACs", isFigure: true, cell: ({ macs }) => formatCount(macs) },
  { title: "activations", isFigure: true, cell: ({ activationBytes }) => formatBytes(activationBytes) },
  { title: "field", isFigure: true, cell: ({ receptiveField }) => formatExtents(receptiveField, "all") },
  { title: "stride", isFigure: true, cell: ({ stride }) => formatExtents(stride, "–") },
];

const OPTIONS: KnownOptions<SummaryFormat> = {
  known: { format: optionChecks.oneOf(["text", "markdown"]), depth: optionChecks.count },
};

/**
 * Formats a summary, one line per module or node, ending with a line break.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function formatSummary(summary: ModelSummary, options: SummaryFormat = {}): string {
  checkOptions(options, OPTIONS, { op: "formatSummary" });
  const { format = "text", depth } = options;
  const shown = depth === undefined ? summary : collapseSummary(summary, depth);
  return `${(format === "text" ? textLines(shown) : markdownLines(shown)).join("\n")}\n`;
}

function textLines(summary: ModelSummary): readonly string[] {
  const body = treeLines(summary.children).map(({ label, entry }) => [
    label,
    ...COLUMNS.map(({ cell }) => cell(entry)),
  ]);
  const table = [["layer", ...COLUMNS.map(({ title }) => title)], ...body, totalCells(summary, "total")];
  const widths = COLUMNS.reduce((found, _, index) => [...found, longest(table, index + 1)], [longest(table, 0)]);
  const formatLine = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (COLUMNS[i - 1]?.isFigure ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const [header = "", ...lines] = table.map(formatLine);
  return [
    `${summary.name}, input ${formatShape(summary.inputShape)}`,
    header,
    rule,
    ...lines.slice(0, -1),
    rule,
    ...lines.slice(-1),
    ...footnotes(summary),
  ];
}

function longest(table: readonly (readonly string[])[], column: number): number {
  return Math.max(...table.map((line) => line[column]?.length ?? 0));
}

interface TreeLine {
  readonly label: string;
  readonly entry: SummaryEntry;
}

/**
 * The outermost modules start at the margin; the modules inside are branches of a tree, labelled with the last part of
 * their paths.
 */
function treeLines(entries: readonly SummaryEntry[]): readonly TreeLine[] {
  const hang = (entry: SummaryEntry, label: string, indent: string): readonly TreeLine[] => [
    { label, entry },
    ...entry.children.flatMap((child, index) => {
      const isLast = index === entry.children.length - 1;
      const name = child.path.startsWith(`${entry.path}.`) ? child.path.slice(entry.path.length + 1) : child.path;
      return hang(child, `${indent}${isLast ? "└─ " : "├─ "}${name}`, `${indent}${isLast ? "   " : "│  "}`);
    }),
  ];
  return entries.flatMap((entry) => hang(entry, entry.path, ""));
}

function markdownLines(summary: ModelSummary): readonly string[] {
  const flatten = (entries: readonly SummaryEntry[]): readonly SummaryEntry[] =>
    entries.flatMap((entry) => [entry, ...flatten(entry.children)]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `**${summary.name}**, input ${formatShape(summary.inputShape)}`,
    "",
    line(["layer", ...COLUMNS.map(({ title }) => title)]),
    line(["---", ...COLUMNS.map(({ isFigure }) => (isFigure ? "---:" : "---"))]),
    ...flatten(summary.children).map((entry) => line([`\`${entry.path}\``, ...COLUMNS.map(({ cell }) => cell(entry))])),
    line(totalCells(summary, "**total**")),
    ...footnotes(summary).flatMap((note) => ["", note]),
  ];
}

function totalCells({ totals }: ModelSummary, title: string): readonly string[] {
  const { parameters, macs, activationBytes } = totals;
  return [title, "", "", formatCount(parameters), formatCount(macs), formatBytes(activationBytes), "", ""];
}

function footnotes({ batch, totals }: ModelSummary): readonly string[] {
  const { parameterBytes, peakActivations: peak } = totals;
  const images = batch === 1 ? "one image" : `${batch} images`;
  return [
    `Parameters take ${formatBytes(parameterBytes)}; activations of ${images} ${formatBytes(peak.bytes)} at a time, at ${peak.at}.`,
    "field: pixels of the image, along a side, that one element sees; stride: from one element to the next.",
  ];
}

/** One figure if height and width are equal. */
function formatExtents([height, width]: SummaryEntry["receptiveField"], none: string): string {
  const format = (extent: number | null): string => (extent === null ? none : String(Number(extent.toFixed(2))));
  return height === width ? format(height) : `${format(height)}×${format(width)}`;
}
