import { uniform } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { speedRatio } from "./speed-ratio.js";

const draws = { seed: 1, name: "x" };
const noisy = (name: string, factor: number): number[][] =>
  Array.from({ length: 4 }, (_, session) =>
    Array.from(uniform(3, `${name}/${session}`, 5, 1, 1.3), (noise) => factor * noise),
  );

describe("speedRatio", () => {
  it("is 1, with an interval that contains 1, for identical times", () => {
    const times = noisy("same", 5);
    expect(speedRatio({ backend: "a", times }, { backend: "b", times }, draws)).toEqual({
      baseline: "b",
      ratio: { median: 1, low: 1, high: 1 },
      significant: false,
    });
  });

  it("is above 1 for a backend faster than the baseline, and below 1 for a slower one", () => {
    const [fast, slow] = [
      { backend: "fast", times: noisy("fast", 1) },
      { backend: "slow", times: noisy("slow", 2) },
    ];
    const faster = speedRatio(fast, slow, draws);
    expect(faster.significant).toBe(true);
    expect(faster.ratio.low).toBeGreaterThan(1.5);
    const slower = speedRatio(slow, fast, draws);
    expect(slower.significant).toBe(true);
    expect(slower.ratio.high).toBeLessThan(0.7);
  });

  it("pairs round by round, so that a round that is slow for all backends has no effect", () => {
    const load = [
      [1, 9, 1, 4, 1],
      [7, 1, 1, 30, 2],
    ];
    const under = (time: number): number[][] => load.map((session) => session.map((factor) => factor * time));
    const own = { backend: "a", times: under(2) };
    const baseline = { backend: "b", times: under(3) };
    expect(speedRatio(own, baseline, draws).ratio).toEqual({ median: 1.5, low: 1.5, high: 1.5 });
  });
});
