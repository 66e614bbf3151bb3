import { describe, expect, it } from "vitest";
import { median } from "@isoconv/core-spec";
import { interleave, mean, medianTurn } from "./timing.js";

describe("interleave", () => {
  it("runs contestants in turn, reversing the order every round, and does not count the first run of a turn", async () => {
    const order: string[] = [];
    const times = await interleave(
      { a: async () => void order.push("a"), b: async () => void order.push("b") },
      { rounds: 2, runsPerRound: 2 },
    );
    expect(order.join("")).toBe("aaabbbbbbaaa");
    expect([times.a.length, times.b.length]).toEqual([4, 4]);
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

describe("medianTurn", () => {
  it("lets neither one slow turn nor one slow run a turn decide", () => {
    expect(medianTurn([2, 2, 90, 2, 2, 90, 70, 80, 90], 3)).toBe(2);
  });
});
