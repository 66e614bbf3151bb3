import { normal, uniform } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { bootstrapMedian } from "./bootstrap.js";

describe("bootstrapMedian", () => {
  it("is a point for identical values, and NaN without values", () => {
    expect(bootstrapMedian([[3, 3, 3]], { seed: 1, name: "x" })).toEqual({ median: 3, low: 3, high: 3 });
    expect(bootstrapMedian([], { seed: 1, name: "x" }).median).toBeNaN();
  });

  it("gives the same interval for a seed and a name, and another one for another", () => {
    const values = [[...normal(1, "values", 25, 10, 1)]];
    const interval = bootstrapMedian(values, { seed: 1, name: "x" });
    expect(bootstrapMedian(values, { seed: 1, name: "x" })).toEqual(interval);
    expect(interval.low).toBeLessThan(interval.median);
    expect(interval.high).toBeGreaterThan(interval.median);
    const others = Array.from({ length: 8 }, (_, k) => bootstrapMedian(values, { seed: 1, name: `x${k}` }));
    expect(new Set([interval, ...others].map(({ low, high }) => `${low} ${high}`)).size).toBeGreaterThan(1);
  });

  const skewed = (trial: number, count: number): number[] =>
    Array.from(uniform(7, `skewed/${trial}`, count, 0, 1), (u) => -Math.log(1 - u * (1 - 2 ** -20)));
  it.each([
    ["normal", 10, (trial: number, count: number) => [...normal(7, `normal/${trial}`, count, 10, 2)]],
    ["exponential", Math.LN2, skewed],
  ])("covers the true median of a %s distribution about 95 times in 100", (_name, truth, sample) => {
    const trials = 150;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const { low, high } = bootstrapMedian([sample(trial, 20)], { seed: 1, name: String(trial) });
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.91);
    expect(covered / trials).toBeLessThan(0.99);
  });

  it("covers the true value where sessions differ by more than the rounds within each", () => {
    const trials = 100;
    const covered = { apart: 0, mixed: 0 };
    for (let trial = 0; trial < trials; trial += 1) {
      const luck = normal(5, `luck/${trial}`, 5, 10, 2);
      const sessions = Array.from(luck, (own, session) => [...normal(5, `rounds/${trial}/${session}`, 3, own, 0.2)]);
      const holds = (values: readonly (readonly number[])[]): boolean => {
        const { low, high } = bootstrapMedian(values, { seed: 1, name: String(trial) });
        return low <= 10 && 10 <= high;
      };
      if (holds(sessions)) covered.apart += 1;
      if (holds([sessions.flat()])) covered.mixed += 1;
    }
    expect(covered.apart / trials).toBeGreaterThan(0.85);
    expect(covered.apart).toBeGreaterThan(covered.mixed);
  });
});
