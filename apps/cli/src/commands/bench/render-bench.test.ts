import type { BenchReport, BenchRow } from "@isoconv/inspect";
import pc from "picocolors";
import { expect, it } from "vitest";
import { renderBench } from "./render-bench.js";

const row = (backend: string, result: BenchRow["result"]): BenchRow => ({
  subject: "relu 3 at 4×4",
  kind: "op",
  batch: 2,
  backend,
  result,
});

const measured = {
  status: "measured",
  compile: 1,
  firstRun: 2,
  steady: { median: 0.25, low: 0.2, high: 0.3 },
  gigabytesPerSecond: 1.5,
} as const;

const ratio = (median: number, low: number, high: number, significant: boolean) => ({
  speed: { baseline: "base", ratio: { median, low, high }, significant },
});

const report: BenchReport = {
  format: "isoconv-bench-report",
  version: 1,
  machine: { cpu: "a processor", cores: 2, platform: "somewhere", host: "Node 20" },
  rounds: 15,
  sessions: 5,
  seed: 1,
  baseline: "base",
  backends: [],
  unavailable: [{ id: "absent", reason: "no such device" }],
  rows: [
    row("base", measured),
    row("fast", { ...measured, ...ratio(1.42, 1.38, 1.47, true) }),
    row("same", { ...measured, ...ratio(1.1, 0.9, 1.2, false) }),
    row("wrong", { status: "incorrect", reason: "outside its bound" }),
    row("without", { status: "unsupported", reason: "no relu" }),
  ],
};

it("shows speeds with intervals, rows without a significant difference, and the reasons for missing times", () => {
  const text = renderBench(report, pc.createColors(false));
  expect(text).toMatch(/relu 3 at 4×4, batch 2 {2}base +0\.25 {2}baseline +– +1\.5\n/);
  expect(text).toMatch(/fast +0\.25 {2}×1\.42 \[1\.38–1\.47\]/);
  expect(text).toMatch(/same +0\.25 {2}no significant difference/);
  expect(text).toMatch(/wrong +incorrect {2}– +– +–\n/);
  expect(text).toContain(
    "incorrect relu 3 at 4×4 on wrong: outside its bound\nunsupported relu 3 at 4×4 on without: no relu",
  );
  expect(text).toContain("not run: absent: no such device");
});
