import { describe, expect, it } from "vitest";
import { layoutOf, mapsOf, pagesTo, planeAt } from "./maps.js";

describe("layoutOf", () => {
  it.each([
    [[1, 6, 28, 28], { kind: "planes", count: 6, height: 28, width: 28 }],
    [[1, 10, 84], { kind: "planes", count: 1, height: 10, width: 84 }],
    [[1, 120], { kind: "vector", count: 120, height: 1, width: 1 }],
    [[1, 512, 1, 1], { kind: "vector", count: 512, height: 1, width: 1 }],
    [[1], { kind: "vector", count: 1, height: 1, width: 1 }],
  ])("shows %j as %j", (shape, layout) => expect(layoutOf(shape)).toEqual(layout));
});

describe("mapsOf", () => {
  const values = Float32Array.from({ length: 100 * 4 }, (_, i) => i - 8);

  it("holds the first 64 planes, and the range of all 100", () => {
    const maps = mapsOf([1, 100, 2, 2], values, 1);
    expect(maps).toMatchObject({ count: 100, shown: 64, low: -8, high: 391, wild: 0 });
    expect([...planeAt(maps, 63)]).toEqual([244, 245, 246, 247]);
    expect([...maps.ranges.subarray(0, 4)]).toEqual([-8, -5, -4, -1]);
    expect(mapsOf([1, 100, 2, 2], values, 2).shown).toBe(100);
  });

  it("has a channel in the last of the pages that it takes", () => {
    expect([0, 63, 64, 99].map(pagesTo)).toEqual([1, 1, 2, 2]);
    for (const channel of [63, 64]) {
      expect(mapsOf([1, 100, 2, 2], values, pagesTo(channel)).shown).toBeGreaterThan(channel);
    }
  });

  it("counts what is not finite and leaves it out of the range", () => {
    const wild = Float32Array.of(1, NaN, Infinity, -2);
    expect(mapsOf([1, 4], wild, 1)).toMatchObject({ low: -2, high: 1, wild: 2 });
  });
});
