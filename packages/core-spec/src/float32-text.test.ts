import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFloat32 } from "./float32-text.js";

test.each([
  [0.1, "0.1"],
  [1e-5, "0.00001"],
  [1 / 3, "0.33333334"],
  [6, "6"],
  [-0, "-0"],
  [16_777_216, "16777216"],
  [3.4028234663852886e38, "3.4028235e+38"],
  [2 ** -149, "1e-45"],
  [Infinity, "Infinity"],
  [NaN, "NaN"],
])("float32 of %s reads %s", (value, text) => {
  expect(formatFloat32(Math.fround(value))).toBe(text);
});

test("a number that is no float32 keeps all its digits", () => {
  expect(formatFloat32(0.1)).toBe("0.1");
  expect(formatFloat32(0.123456789012)).toBe("0.123456789012");
});

test("the text rounds back to the same float32", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      expect(Math.fround(Number(formatFloat32(value)))).toBe(value);
    }),
  );
});
