import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { machineInfo } from "@isoconv/conformance/cli";
import { modelGoldens } from "@isoconv/goldens";
import { goldenNetwork } from "./agreement/golden-network.js";
import { measureAgreement, type Agreement } from "./agreement/measure.js";
import { renderReport, reportDataUrl, reportJson, reportUrl, runsFullTier } from "./agreement/report.js";
import { backends } from "./backends.js";
import { chosen, machineLine } from "./machine.js";

// Networks with PyTorch goldens on every backend: deviation from PyTorch's float64 logits, as a share of the bound.
// `--tier full` is every network at its full size, without tfjs-cpu; `--report` writes docs/agreement.md from it.
const { values, positionals } = parseArgs({
  options: { tier: { type: "string", default: "small" }, report: { type: "boolean", default: false } },
  allowPositionals: true,
});
const { tier, report } = values;
if (tier !== "small" && tier !== "full") throw new Error(`--tier: expected small or full, got ${tier}`);
if (report && (tier !== "full" || positionals.length > 0)) {
  throw new Error("--report: expected --tier full and no names, so that the report has every network");
}

const opened = await Promise.all(
  Object.entries(backends)
    .filter(([id]) => tier === "small" || runsFullTier(id))
    .map(([, open]) => open()),
);
const names = chosen(
  modelGoldens[tier].map(({ id }) => id),
  positionals,
);
const agreements: Agreement[] = [];
console.log(`${machineLine()}\n`);
console.log("golden                          noise floor  backend     deviation  of bound");
for (const golden of modelGoldens[tier].filter(({ id }) => names.includes(id))) {
  const network = goldenNetwork(golden);
  for (const backend of opened) {
    const agreement = await measureAgreement(backend, golden, network);
    agreements.push(agreement);
    const { deviation, bound, agrees } = agreement;
    const cells = [
      golden.id.padEnd(30),
      (bound / 8).toExponential(1).padStart(11),
      ` ${backend.id.padEnd(10)}`,
      deviation.toExponential(1).padStart(9),
      `${((deviation / bound) * 100).toFixed(1)} %`.padStart(8),
      agrees ? "" : "outside its bound",
    ];
    console.log(cells.join("  ").trimEnd());
  }
}
const runtimes = opened.map(({ id, capabilities: { runtime } }) => [id, `${runtime.name} ${runtime.version}`] as const);
await Promise.all(opened.map((backend) => backend.dispose()));
if (agreements.some(({ agrees }) => !agrees)) process.exitCode = 1;
if (report) {
  const measured = { machine: machineInfo(), runtimes: Object.fromEntries(runtimes), agreements };
  await writeFile(reportDataUrl, reportJson(measured));
  await writeFile(reportUrl, renderReport(measured));
}
