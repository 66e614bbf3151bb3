import { float32 } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { compareOutput, differenceOf } from "./compare-output.js";

const expected = { shape: [2, 2], value: Float64Array.of(1, 2, 3, NaN) };

it("puts the elements with the largest errors first, with their indices", () => {
  const { furthest } = compareOutput("y", expected, float32([2, 2], Float32Array.of(1, 2.5, 0, NaN)));
  expect(furthest.slice(0, 2)).toEqual([
    { index: [1, 0], expected: 3, got: 0 },
    { index: [0, 1], expected: 2, got: 2.5 },
  ]);
});

it("ranks a NaN in place of a number above any error", () => {
  const { furthest } = compareOutput("y", expected, float32([2, 2], Float32Array.of(1, 2, NaN, NaN)));
  expect(furthest[0]).toEqual({ index: [1, 0], expected: 3, got: NaN });
});

it("ranks a zero of the wrong sign as the smallest error, above none", () => {
  const zeros = { shape: [4], value: Float64Array.of(0, -0, -0, 1) };
  const { furthest } = compareOutput("y", zeros, float32([4], Float32Array.of(0, -0, 0, 1 + 2 ** -20)));
  expect(furthest.slice(0, 2)).toEqual([
    { index: [3], expected: 1, got: 1 + 2 ** -20 },
    { index: [2], expected: -0, got: 0 },
  ]);
});

it("distinguishes a zero of the wrong sign from a correct one", () => {
  expect(differenceOf(-0, 0)).toBe("sign");
  expect(differenceOf(0, -0)).toBe("sign");
  expect([differenceOf(-0, -0), differenceOf(0, 0), differenceOf(NaN, NaN), differenceOf(1, 3)]).toEqual([0, 0, 0, 2]);
});

it("shows the expected elements if nothing was returned", () => {
  const { gotShape, furthest } = compareOutput("y", expected, undefined);
  expect(gotShape).toBeUndefined();
  expect(furthest.map(({ got }) => got)).toEqual([undefined, undefined, undefined, undefined]);
});
