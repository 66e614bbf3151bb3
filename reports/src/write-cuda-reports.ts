import { writeFileSync } from "node:fs";
import { cudaEntries, matrixText, matrixUrl, reportText, reportUrl } from "./committed.js";
import { runInNode } from "./run-suite.js";

/**
 * `npm run reports:cuda`: runs the suite on the backends that need an NVIDIA GPU, and writes their reports and
 * docs/matrix.md.
 */
for (const { name, backend } of cudaEntries) {
  try {
    const { report, seconds } = await runInNode({ backend, share: 1 });
    writeFileSync(reportUrl(name), reportText(report));
    process.stdout.write(`${name}: ${report.verdict} (${seconds.toFixed(1)} s), reports/data/${name}.json\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
writeFileSync(matrixUrl, matrixText());
