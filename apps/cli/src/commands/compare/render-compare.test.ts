import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { renderReport } from "./compare-page.js";
import { float32 } from "@isoconv/core-spec";
import type { Comparison, ComparisonRow } from "./comparison.js";
import { renderComparison, verdictLine } from "./render-compare.js";

const plain = pc.createColors(false);

const ran = (backend: string, share: number): Extract<ComparisonRow, { status: "ran" }> => ({
  backend,
  status: "ran",
  runtime: { name: "engine", version: "1.0" },
  threads: 1,
  accuracy: 1,
  predictions: [0],
  probabilities: [0.717],
  agrees: share <= 1,
  deviation: share * 1e-6,
  share,
  shares: [share],
  coldStartMilliseconds: 12,
  latencyMilliseconds: 0.123,
  imagesPerSecond: 12_345,
});
const absent: ComparisonRow = { backend: "gpu", status: "unavailable", reason: "no <driver>" };
const failed: ComparisonRow = { backend: "bad", status: "failed", reason: "boom" };

const comparison = (rows: readonly ComparisonRow[], verdict: Comparison["verdict"]): Comparison => ({
  format: "isoconv-comparison",
  version: 1,
  model: "net",
  weights: "trained",
  images: "test set",
  count: 1,
  machine: { cpu: "CPU", cores: 2, platform: "linux x64", node: "20" },
  noiseFloor: 1.25e-7,
  bound: 1e-6,
  rows,
  warnings: [],
  verdict,
});

describe("verdictLine", () => {
  it("names the number of backends that agree, and the largest share of the bound", () => {
    expect(verdictLine(comparison([ran("a", 0.05), ran("b", 0.4), absent], "agree"), plain)).toBe(
      "✓ 2 backends agree with the float64 oracle; identical predictions; at most 40 % of the bound (b).",
    );
  });

  it("names every backend that disagrees or failed", () => {
    expect(verdictLine(comparison([ran("a", 0.05), ran("b", 3), failed], "disagree"), plain)).toBe(
      "✗ not all backends agree: b is outside its bound; bad failed (boom).",
    );
  });

  it("does not report agreement if nothing ran", () => {
    expect(verdictLine(comparison([absent], "disagree"), plain)).toMatch(/^✗ nothing ran/);
  });
});

describe("renderComparison", () => {
  it("has a row for each available backend, and names the others", () => {
    const rows = [ran("a", 0.05), absent, failed];
    const text = renderComparison(comparison(rows, "disagree"), plain, { explain: false, classNames: [] });
    expect(text).toMatch(/^a\s+engine 1\.0\s+1\s+1\.00\s+5\.0e-8\s+5\.0 %\s+12 ms\s+0\.12 ms\s+12,345$/m);
    expect(text).toMatch(/^Not run: gpu; isoconv doctor says what they need\.$/m);
    const explained = renderComparison(comparison(rows, "disagree"), plain, { explain: true, classNames: [] });
    expect(explained).toMatch(/^Not run: gpu: no <driver>\.$/m);
    expect(text).toMatch(/^bad\s+failed/m);
  });
});

it("has a column for each photograph, with the class and its probability", () => {
  const photographs = { ...comparison([{ ...ran("a", 0.05), accuracy: undefined }], "agree"), names: ["cat.png"] };
  const text = renderComparison(photographs, plain, { explain: false, classNames: ["tabby"] });
  expect(text).toMatch(/^backend +runtime +threads +cat\.png +deviation/m);
  expect(text).toMatch(/^a +engine 1\.0 +1 +tabby 71\.7 % +5\.0e-8/m);
});

describe("renderReport", () => {
  const shown = float32([1, 1, 2, 2], [0, 0.5, 1, 2]);
  const pictures = { shown, labels: [0], names: undefined, classNames: ["<b>shoe</b>"] };

  it("escapes all external text", () => {
    const page = renderReport(comparison([ran("a", 0.05), absent], "agree"), pictures);
    expect(page).toContain("&lt;b&gt;shoe&lt;/b&gt;");
    expect(page).toContain("no &lt;driver&gt;");
    expect(page).not.toContain("<driver>");
  });

  it("marks images outside the bound and loads no other file", () => {
    const page = renderReport(comparison([ran("a", 3)], "disagree"), pictures);
    expect(page).toContain('class="tick wrong"');
    expect(page).toMatch(/<img src="data:image\/png;base64,/);
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
  });
});
