import { expect, it } from "vitest";
import { formatNumber, formatRange } from "./format-number.js";

it("writes three digits, and a minus as wide as a plus", () => {
  const numbers = [0.12345, -2, -1e-7, NaN, Infinity, -Infinity];
  expect(numbers.map(formatNumber)).toEqual(["0.123", "−2", "−1e−7", "NaN", "∞", "−∞"]);
});

it("writes a dash for an empty range", () => {
  expect(formatRange(-1, 0.5)).toBe("−1 … 0.5");
  expect(formatRange(Infinity, -Infinity)).toBe("–");
});
