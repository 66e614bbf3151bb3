import { writeFileSync } from "node:fs";
import type { Report } from "@isoconv/conformance";
import { backendIds, matrixText, matrixUrl, reportText, reportUrl } from "./committed.js";
import { runSuite } from "./run-suite.js";

/** `npm run docs`: runs the suite on every backend and writes conformance/reports and docs/matrix.md. */
const reports: Report[] = [];
for (const id of backendIds) {
  const { report, seconds } = await runSuite(id);
  writeFileSync(reportUrl(id), reportText(report));
  process.stdout.write(`${id}: ${report.verdict} (${seconds.toFixed(1)} s)\n`);
  reports.push(report);
}
writeFileSync(matrixUrl, matrixText(reports));
