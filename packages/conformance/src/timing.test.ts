import { describe, expect, it } from "vitest";
import { interleave, median, pairedRatio } from "./timing.js";

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

describe("pairedRatio", () => {
  it("compares round by round, so that one slow round does not decide", () => {
    expect(pairedRatio([2, 2, 20, 20, 2, 2], [1, 1, 10, 10, 1, 1], 2)).toBe(2);
    expect(pairedRatio([1, 1, 1, 1, 90, 90], [1, 1, 1, 1, 1, 1], 2)).toBe(1);
  });
});
