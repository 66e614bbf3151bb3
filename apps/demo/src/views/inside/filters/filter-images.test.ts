import { describe, expect, it } from "vitest";
import { filterPicture, largestWeight } from "./filter-images.js";

describe("filterPicture", () => {
  const filters = { name: "w", shape: [2, 3, 1, 2], data: Float32Array.of(0, 1, 0, 0, 0, -1, -2, 2, 0, 0, 0, 0) };

  it("has zero in the middle, and one scale for all filters", () => {
    const most = largestWeight(filters);
    expect(most).toBe(2);
    expect([...filterPicture(filters, 0, most).data]).toEqual([128, 128, 128, 255, 191, 128, 64, 255]);
    expect([...filterPicture(filters, 1, most).data]).toEqual([0, 128, 128, 255, 255, 128, 128, 255]);
  });

  it("is grey where all weights are zero", () => {
    const zero = { ...filters, data: new Float32Array(12) };
    expect([...filterPicture(zero, 0, largestWeight(zero)).data].slice(0, 3)).toEqual([128, 128, 128]);
  });
});
