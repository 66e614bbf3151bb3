import type { BenchReport, BenchRow, Measured } from "./bench-report.js";
import { escapeHtml, htmlTable } from "@isoconv/conformance/report";

const WIDTH = 720;
const LABEL = 130;
const VALUE = 110;
const BAR = 22;

/** Steady run times with their 95 % intervals, subject by subject; a wrong result has a reason instead of a bar. */
export function speedSection(bench: BenchReport): string {
  const { machine, rounds } = bench;
  const titles = [...new Set(bench.rows.map(titleOf))];
  const charts = titles.map((title) =>
    chart(
      title,
      bench.rows.filter((row) => titleOf(row) === title),
    ),
  );
  return `<h2 id="speed">Speed</h2>
<p>${escapeHtml(machine.cpu)}, ${machine.cores} cores, ${escapeHtml(machine.platform)}, ${escapeHtml(machine.host)}; ${rounds} interleaved rounds. Bars are medians of steady runs, shorter is faster; the line through a bar's end is its 95 % interval.</p>
${charts.join("\n")}
<details><summary>All numbers</summary>${numbers(bench.rows)}</details>`;
}

function titleOf({ subject, batch }: BenchRow): string {
  return `${subject}, batch of ${batch}`;
}

function chart(title: string, rows: readonly BenchRow[]): string {
  const most = Math.max(0, ...rows.flatMap(({ result }) => (result.status === "measured" ? [result.steady.high] : [])));
  const scale = (milliseconds: number): number => (most > 0 ? (milliseconds / most) * (WIDTH - LABEL - VALUE) : 0);
  const bars = rows.map((row, index) => bar(row, index * BAR, scale));
  const label = rows.map(({ backend, result }) => `${backend} ${describe(result)}`).join("; ");
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${rows.length * BAR}" role="img" aria-label="${escapeHtml(`${title}: ${label}`)}">${bars.join("")}</svg></figure>`;
}

function bar({ backend, result }: BenchRow, top: number, scale: (milliseconds: number) => number): string {
  const middle = top + BAR / 2;
  const name = `<text x="0" y="${middle + 4}">${escapeHtml(backend)}</text>`;
  if (result.status !== "measured") {
    return `${name}<text class="soft" x="${LABEL}" y="${middle + 4}">${escapeHtml(describe(result))}</text>`;
  }
  const { median, low, high } = result.steady;
  const at = (milliseconds: number): string => (LABEL + scale(milliseconds)).toFixed(1);
  return (
    `${name}<rect class="bar" x="${LABEL}" y="${top + 4}" width="${scale(median).toFixed(1)}" height="${BAR - 8}"/>` +
    `<line class="interval" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}"/>` +
    `<text x="${(LABEL + scale(high) + 6).toFixed(1)}" y="${middle + 4}">${milliseconds(median)}</text>`
  );
}

function describe(result: BenchRow["result"]): string {
  if (result.status !== "measured") return `${result.status}: ${result.reason}`;
  const { median, low, high } = result.steady;
  return `${milliseconds(median)} (${milliseconds(low)} to ${milliseconds(high)})`;
}

function numbers(rows: readonly BenchRow[]): string {
  const header = ["subject", "backend", "compile", "first run", "steady", "against the baseline", "GMAC/s", "GB/s"];
  return htmlTable(
    "Speed",
    header,
    rows.map((row) => [
      escapeHtml(titleOf(row)),
      escapeHtml(row.backend),
      ...(row.result.status === "measured"
        ? measuredCells(row.result)
        : [`<td colspan="6">${escapeHtml(describe(row.result))}</td>`]),
    ]),
  );
}

function measuredCells(result: Measured): readonly string[] {
  return [
    milliseconds(result.compile),
    milliseconds(result.firstRun),
    describe(result),
    ratioText(result),
    result.gmacPerSecond === undefined ? "–" : result.gmacPerSecond.toPrecision(3),
    result.gigabytesPerSecond.toPrecision(3),
  ];
}

function ratioText({ speed }: Measured): string {
  if (speed === undefined) return "baseline";
  if (!speed.significant) return "no significant difference";
  const { median, low, high } = speed.ratio;
  return `${median.toFixed(2)}× (${low.toFixed(2)} to ${high.toFixed(2)}) of ${escapeHtml(speed.baseline)}`;
}

function milliseconds(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ms`;
}
