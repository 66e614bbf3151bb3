import type { AttributeCoverage } from "../coverage.js";
import { statuses, type Report } from "../report.js";
import { formatProbe, notRun, reportNames } from "../wording.js";
import { anchor, escapeHtml, htmlTable } from "./html.js";

/** The number of cases of each status, for each backend. */
export function totalsSection(reports: readonly Report[]): string {
  const names = reportNames(reports);
  const rows = reports.map(({ backend, verdict, plan, totals }, index) => [
    escapeHtml(names[index] ?? backend),
    `<b class="verdict ${verdict}">${verdict}</b>`,
    ...[plan.length, ...statuses.map((status) => totals[status])].map(String),
  ]);
  return `<h2 id="totals">Totals</h2>${htmlTable("Cases by status", ["backend", "verdict", "cases", ...statuses], rows)}`;
}

/** The measured and the declared arithmetic. */
export function probeSection(reports: readonly Report[]): string {
  const probes = reports.map(({ cases }) => cases.filter(({ family }) => family === "probe"));
  const ids = [...new Set(probes.flatMap((cases) => cases.map(({ id }) => id)))];
  if (ids.length === 0) return "";
  const rows = ids.map((id) => [
    `<code>${escapeHtml(id)}</code>`,
    ...probes.map((cases) => {
      const probe = cases.find((each) => each.id === id);
      if (probe === undefined) return "–";
      return `<b class="status ${probe.status}">${probe.status}</b> ${escapeHtml(formatProbe(probe))}`;
    }),
  ]);
  const header = ["probe", ...reportNames(reports).map(escapeHtml)];
  return `<h2 id="probes">Probes</h2>${htmlTable("Arithmetic as measured", header, rows)}`;
}

/** The environment and the declared capabilities of each backend. */
export function capabilitySection(reports: readonly Report[]): string {
  const facts: readonly (readonly [string, (report: Report) => string])[] = [
    ["runtime", ({ capabilities: { runtime } }) => `${runtime.name} ${runtime.version}`],
    ["device", ({ capabilities }) => capabilities.device],
    ["threads", ({ capabilities }) => String(capabilities.threads)],
    ["arithmetic", ({ capabilities }) => capabilities.arithmetic],
    ["convolution", ({ capabilities }) => capabilities.convAlgorithm],
    ["NaN and ∞", ({ capabilities }) => capabilities.nonFinite],
    ["subnormals", ({ capabilities }) => capabilities.subnormals],
    ["plan", ({ plan }) => `${plan.profile}, ${plan.budget}, seed ${plan.seed}`],
    ["filter", ({ plan }) => (plan.filter.length === 0 ? "none" : plan.filter.join(" "))],
  ];
  const declared = facts.map(([title, cell]) => [title, ...reports.map((report) => escapeHtml(cell(report)))]);
  const ops = [...new Set(reports.flatMap((report) => report.ops.map(({ op }) => op)))];
  const support = ops.map((op) => [
    `<code>${op}</code>`,
    ...reports.map(({ capabilities }) => {
      const entry = capabilities.ops[op];
      return typeof entry === "object" ? `unsupported: ${anchor(entry.unsupported, entry.issue)}` : entry;
    }),
  ]);
  const header = ["", ...reportNames(reports).map(escapeHtml)];
  return `<h2 id="capabilities">Capabilities and environment</h2>${htmlTable("Declared", header, declared)}
<details><summary>Support of each operation</summary>${htmlTable("Support of each operation", header, support)}</details>`;
}

/** The parts of the profile that were not run. */
export function notRunSection(reports: readonly Report[]): string {
  const lines = reports.flatMap((report) =>
    notRun(report).map((line) => `<li>${escapeHtml(report.backend)}: ${escapeHtml(line)}</li>`),
  );
  const body = lines.length === 0 ? "<p>Everything of the profile was run.</p>" : `<ul>${lines.join("")}</ul>`;
  return `<h2 id="not-run">Not run</h2>${body}`;
}

/** The attribute values with and without a case in the plan. */
export function coverageSection(coverage: readonly AttributeCoverage[]): string {
  if (coverage.length === 0) return "";
  const rows = coverage.map(({ op, attribute, tried, untried }) => [
    `<code>${op}.${escapeHtml(attribute)}</code>`,
    `${tried.length} of ${tried.length + untried.length}`,
    escapeHtml(tried.join(", ")),
    untried.length === 0 ? "none" : escapeHtml(untried.join(", ")),
  ]);
  const complete = coverage.filter(({ untried }) => untried.length === 0).length;
  return `<h2 id="coverage">Attribute coverage</h2>
<p>${complete} of ${coverage.length} attributes have every value of interest tried.</p>
<details><summary>Values by attribute</summary>${htmlTable("Attribute values tried", ["attribute", "count", "tried", "not tried"], rows)}</details>`;
}
