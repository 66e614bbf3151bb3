import { float32 } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { joinAlong, range, swapHeightAndWidth, takeAlong } from "./tensor-axes.js";

const counted = float32([2, 3, 2], [...range(0, 12)]);

describe("slices and their concatenation", () => {
  it("takes slices in the given order", () => {
    expect(takeAlong(counted, 1, [2, 0])).toEqual(float32([2, 2, 2], [4, 5, 0, 1, 10, 11, 6, 7]));
    expect(takeAlong(counted, 0, [1])).toEqual(float32([1, 3, 2], [6, 7, 8, 9, 10, 11]));
  });

  it("joins slices along any axis", () => {
    for (const axis of [0, 1, 2]) {
      const extent = counted.shape[axis];
      const parts = [takeAlong(counted, axis, [0]), takeAlong(counted, axis, range(1, extent))];
      expect(joinAlong(parts, axis)).toEqual(counted);
    }
  });

  it("exchanges height and width of images alone", () => {
    const image = float32([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]);
    expect(swapHeightAndWidth(image)).toEqual(float32([1, 1, 3, 2], [1, 4, 2, 5, 3, 6]));
    expect(swapHeightAndWidth(counted)).toBe(counted);
  });
});
