import type { AttributeCoverage } from "../coverage.js";
import type { Report } from "../report.js";
import { verdictSentence } from "../wording.js";
import { capabilitySection, coverageSection, notRunSection, probeSection, totalsSection } from "./backend-sections.js";
import { caseSection, findingSection } from "./case-section.js";
import { escapeHtml } from "./html.js";
import { matrixSection } from "./matrix-section.js";
import { STYLE } from "./style.js";

export interface PageInput {
  readonly reports: readonly Report[];
  /** The attribute values of the plan. */
  readonly coverage?: readonly AttributeCoverage[];
  /** Additional sections of HTML after the capabilities, each with a heading `<h2 id="…">`. */
  readonly sections?: readonly string[];
}

/** Reports as one self-contained HTML page. It loads nothing and works without its script. */
export function renderPage({ reports, coverage = [], sections: more = [] }: PageInput): string {
  const title = `isoconv conformance: ${reports.map(({ backend }) => backend).join(", ")}`;
  const sections = [
    totalsSection(reports),
    findingSection(reports),
    matrixSection(reports),
    probeSection(reports),
    capabilitySection(reports),
    ...more,
    coverageSection(coverage),
    notRunSection(reports),
    `<h2 id="cases">Cases</h2>${reports.map(caseSection).join("\n")}`,
  ].filter((section) => section !== "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<main>
<h1>${escapeHtml(title)}</h1>
${reports.map(verdictLine).join("\n")}
<nav aria-label="Sections"><ul>${sections.map(navigationItem).join("")}</ul></nav>
${sections.join("\n")}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function verdictLine(report: Report): string {
  const { backend, verdict } = report;
  return `<p><b class="verdict ${verdict}">${verdict}</b> ${escapeHtml(backend)}: ${escapeHtml(verdictSentence(report))}.</p>`;
}

function navigationItem(section: string): string {
  const [, id = "", heading = ""] = /<h2 id="([\w-]+)">([^<]*)/.exec(section) ?? [];
  return `<li><a href="#${id}">${heading}</a></li>`;
}

/** Opens the operation that a link refers to. Without the script, the user opens it. */
const SCRIPT = `
const open=()=>{const at=document.getElementById(location.hash.slice(1));if(at&&at.tagName==="DETAILS"){at.open=true;at.scrollIntoView()}};
addEventListener("hashchange",open);open();
`;
