import "../../tools/software-vulkan.mjs";
import { writeFileSync } from "node:fs";
import { matrixText, matrixUrl, reportEntries, reportText, reportUrl } from "./committed.js";
import { lackFor } from "./lack-for.js";
import { suiteRunner } from "./run-suite.js";

/**
 * `npm run docs`: runs the suite on every backend and writes reports and docs/matrix.md. Names of reports on the
 * command line select some. Reports that this machine cannot make stay unchanged.
 */
const chosen = process.argv.slice(2);
const runner = suiteRunner();
try {
  for (const entry of reportEntries) {
    const { name } = entry;
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const lack = lackFor(entry);
    if (lack !== undefined) {
      process.stdout.write(`${name}: not run: ${lack}\n`);
      continue;
    }
    const { report, seconds } = await runner.run(entry);
    writeFileSync(reportUrl(name), reportText(report));
    process.stdout.write(`${name}: ${report.verdict} (${seconds.toFixed(1)} s)\n`);
  }
} finally {
  await runner.close();
}
writeFileSync(matrixUrl, matrixText());
