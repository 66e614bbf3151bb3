import { readFileSync } from "node:fs";
import { modelGoldens, noiseFloorOf } from "@isoconv/goldens";
import { models } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { backends } from "../backends.js";
import { committedReport, renderReport, reportDataUrl, reportJson, reportUrl, runsFullTier } from "./report.js";

const report = committedReport();

it("the committed report has every network at its full size on four backends, all within the bound", () => {
  const ids = Object.keys(backends).filter(runsFullTier);
  const pairs = modelGoldens.full.flatMap(({ id }) => ids.map((backend) => `${id} ${backend}`));
  expect(report.agreements.map(({ golden, backend }) => `${golden} ${backend}`)).toEqual(pairs);
  for (const { golden, backend, agrees, deviation, bound } of report.agreements) {
    expect({ golden, backend, agrees }).toEqual({ golden, backend, agrees: true });
    expect(deviation).toBeLessThanOrEqual(bound);
    expect(bound).toBe(8 * noiseFloorOf(modelGoldens.full.find(({ id }) => id === golden)!));
  }
});

it("docs/agreement.md matches the data", () => {
  expect(readFileSync(reportUrl, "utf8")).toBe(renderReport(report));
  expect(readFileSync(reportDataUrl, "utf8")).toBe(reportJson(report));
});

it("every page counts the networks as the zoo does", () => {
  expect(renderReport(report)).toContain(`runs of ${models.length} networks and 1 variant,`);
  expect(renderReport(report)).toContain("| `inception_v3`, auxiliary | 1×3×299×299 |");
  for (const page of ["README.md", "CHANGELOG.md"]) {
    const text = readFileSync(new URL(page, new URL("../../../", import.meta.url)), "utf8");
    const counts = [...text.matchAll(/(\d+) networks/g)].map(([, count]) => Number(count));
    for (const count of counts) expect(count, page).toBe(models.length);
  }
});
