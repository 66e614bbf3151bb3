import { expect, it } from "vitest";
import { renderBenchMarkdown } from "./bench-markdown.js";
import type { BenchRow, Measured } from "./bench-report.js";

const measured: Measured = {
  status: "measured",
  compile: 1,
  firstRun: 2,
  steady: { median: 0.25, low: 0.2, high: 0.3 },
  gigabytesPerSecond: 1.5,
};

const row = (backend: string, result: BenchRow["result"]): BenchRow => ({
  subject: "relu 3 at 4×4",
  kind: "op",
  batch: 2,
  backend,
  result,
});

it("gives every row its interval and its speed, or the reason why there is none", () => {
  const text = renderBenchMarkdown({
    format: "isoconv-bench-report",
    version: 1,
    machine: { cpu: "a processor", cores: 2, platform: "somewhere", host: "Node 20" },
    rounds: 15,
    sessions: 5,
    seed: 1,
    baseline: "base",
    backends: [
      { id: "base", runtime: { name: "R", version: "1" }, device: "cpu", threads: 2, create: 30 },
      {
        id: "fast",
        runtime: { name: "R", version: "1" },
        device: "gpu",
        adapter: "SwiftShader",
        threads: 1,
        create: 9,
      },
    ],
    unavailable: [{ id: "absent", reason: "no such device" }],
    rows: [
      row("base", measured),
      row("fast", {
        ...measured,
        speed: { baseline: "base", ratio: { median: 1.42, low: 1.38, high: 1.47 }, significant: true },
      }),
      row("wrong", { status: "incorrect", reason: "outside its bound" }),
    ],
  });
  expect(text).toContain("a processor, 2 cores, somewhere, Node 20; 15 rounds in 5 sessions.");
  expect(text).toContain("| base | R 1 | cpu | 2 | 30 |\n| fast | R 1 | SwiftShader | 1 | 9 |");
  expect(text).toContain("| relu 3 at 4×4, batch 2 | base | 0.25 [0.2–0.3] | baseline | 1 | 2 | – | 1.5 |");
  expect(text).toContain("| fast | 0.25 [0.2–0.3] | ×1.42 [1.38–1.47] |");
  expect(text).toContain("| wrong | incorrect | – |");
  expect(text).toContain("- incorrect relu 3 at 4×4 on wrong: outside its bound\n- not run: absent: no such device");
});
