import { expect, test } from "vitest";
import type { BenchReport } from "./bench-report.js";
import { speedSection } from "./speed-section.js";

const bench: BenchReport = {
  format: "isoconv-bench-report",
  version: 1,
  machine: { cpu: "a <cpu>", cores: 2, platform: "linux x64", host: "Node 20" },
  rounds: 10,
  seed: 1,
  sessions: 1,
  baseline: "reference",
  unavailable: [],
  backends: [],
  rows: [
    {
      subject: "lenet",
      kind: "model",
      batch: 1,
      backend: "onnx-node",
      result: {
        status: "measured",
        compile: 1,
        firstRun: 2,
        steady: { median: 3, low: 2, high: 4 },
        gigabytesPerSecond: 1,
      },
    },
    {
      subject: "lenet",
      kind: "model",
      batch: 1,
      backend: "bad",
      result: { status: "incorrect", reason: "<img src=x>" },
    },
  ],
};
test("measured rows have a bar with its interval; wrong results have a reason, escaped", () => {
  const section = speedSection(bench);
  expect(section).toContain('<h2 id="speed">');
  expect(section).toContain('class="interval"');
  expect(section).toContain("incorrect: &lt;img src=x&gt;");
  expect(section).not.toContain("<img");
});
