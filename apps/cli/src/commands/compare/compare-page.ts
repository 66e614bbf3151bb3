import pc from "picocolors";
import { formatDeviation, formatShare } from "@isoconv/conformance";
import { escapeHtml } from "@isoconv/conformance/report";
import type { Comparison, ComparisonRow } from "./comparison.js";
import { verdictLine } from "./render-compare.js";
import { deviationChart } from "./deviation-chart.js";
import { imageDataUri } from "./image.js";
import type { Pictures } from "./pictures.js";

type Ran = Extract<ComparisonRow, { status: "ran" }>;

/** A comparison as one self-contained HTML page: verdict, table, chart of deviations, images with predictions. */
export function renderReport(comparison: Comparison, pictures: Shown): string {
  const ran = comparison.rows.filter((row): row is Ran => row.status === "ran");
  const { machine } = comparison;
  const verdict = verdictLine(comparison, pc.createColors(false));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>isoconv compare: ${escapeHtml(comparison.model)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(comparison.model)} on ${comparison.rows.length} backends</h1>
<p class="verdict ${comparison.verdict}">${escapeHtml(verdict)}</p>
<p>${escapeHtml(comparison.weights)}; ${comparison.count} images: ${escapeHtml(comparison.images)}.<br>
${escapeHtml(machine.cpu)}, ${machine.cores} cores, ${escapeHtml(machine.platform)}, Node ${escapeHtml(machine.node)}.</p>
<h2>Backends</h2>
<div class="scroll"><table>
<thead><tr><th>backend</th><th>runtime</th><th>threads</th><th>accuracy</th><th>deviation</th><th>of bound</th><th>cold start</th><th>latency</th><th>images/s</th></tr></thead>
<tbody>${comparison.rows.map(tableRow).join("")}</tbody>
</table></div>
<h2>Deviation of every image from the float64 oracle</h2>
<p>One tick for each image, as a share of the bound ${formatDeviation(comparison.bound)} (8 × the noise floor of float32 arithmetic). Ticks to the left of the red line are within the bound.</p>
<div class="scroll">${deviationChart(ran)}</div>
<h2>Images and predictions</h2>
<p>The label, the predictions of the backends (green if correct), and the largest share of the bound of any backend.</p>
<div class="images">${Array.from({ length: comparison.count }, (_, image) => figure(image, ran, pictures)).join("")}</div>
</main>
</body>
</html>
`;
}

function tableRow(row: ComparisonRow): string {
  if (row.status !== "ran") {
    return `<tr><td>${row.backend}</td><td colspan="8">${row.status}: ${escapeHtml(row.reason)}</td></tr>`;
  }
  const cells = [
    row.backend,
    `${row.runtime.name} ${row.runtime.version}`,
    row.threads,
    row.accuracy?.toFixed(2) ?? "–",
    formatDeviation(row.deviation),
    formatShare(row.share),
    `${row.coldStartMilliseconds.toFixed(0)} ms`,
    `${row.latencyMilliseconds.toPrecision(2)} ms`,
    Math.round(row.imagesPerSecond).toLocaleString("en"),
  ];
  return `<tr class="${row.agrees ? "agree" : "disagree"}">${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join("")}</tr>`;
}

type Shown = Pick<Pictures, "shown" | "labels" | "names" | "classNames">;

function figure(image: number, ran: readonly Ran[], { shown, labels, names, classNames }: Shown): string {
  const nameOf = (index: number): string => escapeHtml(classNames[index] ?? String(index));
  const label = labels?.[image];
  const title = label === undefined ? escapeHtml(names?.[image] ?? "") : nameOf(label);
  const byPrediction = new Map<number, string[]>();
  for (const row of ran) {
    const prediction = row.predictions[image] ?? -1;
    byPrediction.set(prediction, [...(byPrediction.get(prediction) ?? []), row.backend]);
  }
  const unanimous = byPrediction.size === 1;
  const lines = [...byPrediction].map(([prediction, names]) => {
    const kind = label === undefined ? "" : prediction === label ? "right" : "wrong";
    return `<span class="${kind}">${nameOf(prediction)}${unanimous ? "" : ` (${escapeHtml(names.join(", "))})`}</span>`;
  });
  const worst = Math.max(...ran.map((row) => row.shares[image] ?? 0));
  return `<figure><img src="${imageDataUri(shown, image)}" width="56" height="56" alt="${title}"><figcaption><b>${title}</b><br>${lines.join("<br>")}<br><small>${formatShare(worst)}</small></figcaption></figure>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--line:#d9d9e0;--good:#18794e;--bad:#c62a2f;--back:#fcfcfd}
@media(prefers-color-scheme:dark){:root{--ink:#edeef0;--soft:#b0b4ba;--line:#363a3f;--good:#3dd68c;--bad:#ff9592;--back:#111113}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);margin:0}
main{max-width:960px;margin:0 auto;padding:24px}
h1{font-size:24px}h2{font-size:18px;margin-top:32px}
.verdict{font-weight:600}.verdict.agree{color:var(--good)}.verdict.disagree{color:var(--bad)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:6px 8px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th:nth-child(-n+2),td:nth-child(-n+2){text-align:left}
td[colspan]{white-space:normal}
tr.disagree td{color:var(--bad)}
svg{width:100%;min-width:640px}
svg .grid{stroke:var(--line)}svg .limit{stroke:var(--bad);stroke-width:2}
svg .tick{stroke:var(--good);stroke-opacity:.5}svg .tick.wrong{stroke:var(--bad)}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .axis{fill:var(--soft);text-anchor:middle;font-size:12px}
.images{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:12px}
figure{display:flex;gap:10px;margin:0;align-items:flex-start}
figcaption{font-size:12px;line-height:1.35}small{color:var(--soft)}
img{image-rendering:pixelated;border-radius:4px}
.right{color:var(--good)}.wrong{color:var(--bad)}
`;
