import { formatDeviation, formatShare } from "@isoconv/conformance";
import pc from "picocolors";
import { renderTable, type Column } from "../../table.js";
import type { Comparison, ComparisonRow } from "./comparison.js";

export interface Explanation {
  /** Whether to print the reason for each unavailable backend; true for backends requested by name. */
  readonly explain: boolean;
  /** The names of the classes of photographs. */
  readonly classNames: readonly string[];
}

type Colors = ReturnType<typeof pc.createColors>;

/** The comparison as the table and verdict line `isoconv compare` prints. */
export function renderComparison(comparison: Comparison, colors: Colors, { explain, classNames }: Explanation): string {
  const { machine, rows } = comparison;
  return [
    `${comparison.model} (${comparison.weights}) on ${comparison.count} images: ${comparison.images}`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`,
    "",
    renderTable(
      columns(colors, comparison.names, classNames),
      rows.filter(({ status }) => status !== "unavailable"),
    ),
    "",
    "deviation: max|y − ŷ| / max|ŷ| from the float64 oracle ŷ; bound: 8 × the noise floor of float32 arithmetic, " +
      `here ${formatDeviation(comparison.bound)}.`,
    "cold start: import, create, compile and run one image; latency: " +
      `${comparison.names === undefined ? "median of one image" : "of one image in a batch"}; images/s: one batch of all.`,
    "",
    verdictLine(comparison, colors),
    ...notRun(rows, explain),
  ].join("\n");
}

function notRun(rows: readonly ComparisonRow[], explain: boolean): readonly string[] {
  const absent = rows.filter((row) => row.status === "unavailable");
  if (absent.length === 0) return [];
  if (explain)
    return absent.map(({ backend, reason }) => `Not run: ${backend}: ${reason.replace(`${backend}: `, "")}.`);
  return [`Not run: ${absent.map(({ backend }) => backend).join(", ")}; isoconv doctor says what they need.`];
}

type Ran = Extract<ComparisonRow, { status: "ran" }>;

function ran(row: ComparisonRow, cell: (row: Ran) => string): string {
  return row.status === "ran" ? cell(row) : "–";
}

const accuracyColumn: Column<ComparisonRow> = {
  title: "accuracy",
  align: "right",
  cell: (row) => ran(row, ({ accuracy }) => accuracy?.toFixed(2) ?? "–"),
};

function columns(
  colors: Colors,
  names: readonly string[] | undefined,
  classNames: readonly string[],
): readonly Column<ComparisonRow>[] {
  return [
    { title: "backend", align: "left", cell: (row) => row.backend },
    {
      title: "runtime",
      align: "left",
      cell: (row) => (row.status === "ran" ? `${row.runtime.name} ${row.runtime.version}` : "failed"),
    },
    { title: "threads", align: "right", cell: (row) => ran(row, ({ threads }) => String(threads)) },
    ...(names === undefined
      ? [accuracyColumn]
      : names.map((title, image): Column<ComparisonRow> => {
          const answer = ({ predictions, probabilities }: Ran): string =>
            `${classNames[predictions[image]] ?? "–"} ${(100 * (probabilities[image] ?? Number.NaN)).toFixed(1)} %`;
          return { title, align: "left", cell: (row) => ran(row, answer) };
        })),
    { title: "deviation", align: "right", cell: (row) => ran(row, ({ deviation }) => formatDeviation(deviation)) },
    {
      title: "of bound",
      align: "right",
      cell: (row) => ran(row, ({ share }) => formatShare(share)),
      paint: (text, row) =>
        row.status !== "ran" ? colors.dim(text) : row.agrees ? colors.green(text) : colors.red(text),
    },
    { title: "cold start", align: "right", cell: (row) => ran(row, (r) => `${r.coldStartMilliseconds.toFixed(0)} ms`) },
    {
      title: "latency",
      align: "right",
      cell: (row) => ran(row, (r) => `${formatSignificant(r.latencyMilliseconds)} ms`),
    },
    {
      title: "images/s",
      align: "right",
      cell: (row) =>
        ran(row, ({ imagesPerSecond: speed }) =>
          speed < 10 ? speed.toPrecision(2) : Math.round(speed).toLocaleString("en"),
        ),
    },
  ];
}

/** The verdict in one sentence. */
export function verdictLine(comparison: Comparison, colors: Colors): string {
  const ran = comparison.rows.filter((row) => row.status === "ran");
  const wrong = comparison.rows.filter((row) => row.status === "failed" || (row.status === "ran" && !row.agrees));
  if (comparison.verdict === "disagree") {
    const why = wrong.map((row) =>
      row.status === "failed" ? `${row.backend} failed (${row.reason})` : `${row.backend} is outside its bound`,
    );
    const what = ran.length === 0 ? "nothing ran" : "not all backends agree";
    return colors.red(`✗ ${[what, ...(why.length === 0 ? [] : [why.join("; ")])].join(": ")}.`);
  }
  const worst = ran.reduce((a, b) => (b.share > a.share ? b : a));
  const differing = ran.filter((row) =>
    row.predictions.some((prediction, image) => prediction !== ran[0]?.predictions[image]),
  );
  const predictions =
    differing.length === 0
      ? "identical predictions"
      : `${differing.map((row) => row.backend).join(", ")} break ties differently`;
  const subject = ran.length === 1 ? `${ran[0]?.backend ?? ""} agrees` : `${ran.length} backends agree`;
  return colors.green(
    `✓ ${subject} with the float64 oracle; ${predictions}; at most ${formatShare(worst.share)} of the bound (${worst.backend}).`,
  );
}

function formatSignificant(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(2);
}
