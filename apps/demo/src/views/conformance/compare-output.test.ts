import { float32 } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { compareOutput } from "./compare-output.js";

const expected = { shape: [2, 2], value: Float64Array.of(1, 2, 3, NaN) };

it("puts the elements that are furthest off first, with their indices", () => {
  const { furthest } = compareOutput("y", expected, float32([2, 2], Float32Array.of(1, 2.5, 0, NaN)));
  expect(furthest.slice(0, 2)).toEqual([
    { index: [1, 0], expected: 3, got: 0 },
    { index: [0, 1], expected: 2, got: 2.5 },
  ]);
});

it("takes a NaN that should be a number for worse than any error", () => {
  const { furthest } = compareOutput("y", expected, float32([2, 2], Float32Array.of(1, 2, NaN, NaN)));
  expect(furthest[0]).toEqual({ index: [1, 0], expected: 3, got: NaN });
});

it("shows what was expected where nothing was returned", () => {
  const { gotShape, furthest } = compareOutput("y", expected, undefined);
  expect(gotShape).toBeUndefined();
  expect(furthest.map(({ got }) => got)).toEqual([undefined, undefined, undefined, undefined]);
});
