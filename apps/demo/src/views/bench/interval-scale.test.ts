import { expect, it } from "vitest";
import { intervalScale } from "./interval-scale.js";

it("includes every interval, with few ticks at round numbers", () => {
  const { ticks, percent } = intervalScale([
    { median: 1, low: 0.5, high: 1.5 },
    { median: 6, low: 5, high: 7.3 },
  ]);
  expect(ticks).toEqual([0, 2, 4, 6, 8]);
  expect([0, 4, 8].map(percent)).toEqual([0, 50, 100]);
});

it("has round numbers for small and large times", () => {
  expect(intervalScale([{ median: 0.02, low: 0.01, high: 0.03 }]).ticks).toEqual([0, 0.01, 0.02, 0.03]);
  expect(intervalScale([{ median: 800, low: 700, high: 1100 }]).ticks).toEqual([0, 500, 1000, 1500]);
});
