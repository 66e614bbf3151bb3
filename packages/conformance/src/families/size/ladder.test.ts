import { describe, expect, test } from "vitest";
import { boundaries, boundaryAt, every, ladder } from "./ladder.js";

describe("the boundaries", () => {
  test("are at most a factor of 2 apart, so that every octave has one", () => {
    for (const [k, { extent }] of boundaries.entries())
      expect(extent / (boundaries[k - 1]?.extent ?? 1)).toBeLessThanOrEqual(2);
  });

  test("have a reason each", () => {
    for (const { reason } of boundaries) expect(reason).not.toBe("");
  });
});

test("a ladder has every boundary up to its end with both neighbours", () => {
  expect(ladder(17)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17]);
  expect(ladder(600, 256)).toEqual([256, 257, 511, 512, 513]);
});

test("every extent of a short range", () => {
  expect(every(4)).toEqual([1, 2, 3, 4]);
  expect(every(4, 3)).toEqual([3, 4]);
});

test("the boundary beside an extent", () => {
  expect([15, 16, 17, 18].map(boundaryAt)).toEqual([16, 16, 16, undefined]);
});
