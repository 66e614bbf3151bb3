import { describe, expect, it } from "vitest";
import { median } from "@isoconv/core-spec";
import { mean, medianTimes } from "./timing.js";

describe("medianTimes", () => {
  it("gives the median of a run by contestant", async () => {
    const pause = (milliseconds: number) => (): Promise<void> =>
      new Promise((resolve) => void setTimeout(resolve, milliseconds));
    const times = await medianTimes(
      new Map([
        ["short", pause(2)],
        ["long", pause(25)],
      ]),
      2,
    );
    expect([...times.keys()]).toEqual(["short", "long"]);
    expect(times.get("short")).toBeGreaterThan(1);
    expect(times.get("long")).toBeGreaterThan(20);
  });

  it("throws what a contestant throws", async () => {
    const broken = (): Promise<never> => Promise.reject(new Error("no memory"));
    await expect(medianTimes(new Map([["broken", broken]]), 1)).rejects.toThrow("no memory");
  });
});

describe("median", () => {
  it("is the middle of an odd count, the mean of the middle two of an even one, and NaN of none", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});

describe("mean", () => {
  it("is the sum over the count, and NaN of none", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });
});
