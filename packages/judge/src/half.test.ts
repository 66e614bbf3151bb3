import { expect, it } from "vitest";
import { roundToHalf } from "./half.js";

// Values of IEEE 754-2019 binary16.
it.each([
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [1 + 2 ** -10, 1 + 2 ** -10],
  [-(1 + 2 ** -11 + 2 ** -20), -(1 + 2 ** -10)],
  [65_504, 65_504],
  [65_519.99, 65_504],
  [65_520, Infinity],
  [-1e9, -Infinity],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [2 ** -25 + 2 ** -30, 2 ** -24],
  [2 ** -14 - 2 ** -25, 2 ** -14],
  [0.1, 0.0999755859375],
  [1 - 2 ** -12, 1],
])("rounds %d to %d", (value, expected) => expect(roundToHalf(value)).toBe(expected));

it("keeps NaN, ∞ and the sign of zero", () => {
  expect(roundToHalf(Number.NaN)).toBeNaN();
  expect(roundToHalf(-Infinity)).toBe(-Infinity);
  expect(roundToHalf(-0)).toBe(-0);
});
