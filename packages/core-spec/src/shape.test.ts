import { expect, test } from "vitest";
import { bindShape, elementCount, formatShape, isSymbolic, sameShape } from "./shape.js";

test("a shape prints its extents", () => {
  expect(formatShape([2, 3, 224, 224])).toBe("2×3×224×224");
  expect(formatShape(["N", 10])).toBe("N×10");
  expect(formatShape([])).toBe("scalar");
});

test("a scalar has one element, an empty batch has zero", () => {
  expect(elementCount([])).toBe(1);
  expect(elementCount([2, 3, 4])).toBe(24);
  expect(elementCount([0, 3])).toBe(0);
});

test("binding replaces the symbolic batch only", () => {
  expect(bindShape(["N", 3], 7)).toEqual([7, 3]);
  expect(bindShape([2, 3], 7)).toEqual([2, 3]);
  expect(isSymbolic(["N", 3])).toBe(true);
  expect(isSymbolic([2, 3])).toBe(false);
});

test("shapes are equal when every extent is", () => {
  expect(sameShape(["N", 3], ["N", 3])).toBe(true);
  expect(sameShape(["N", 3], [1, 3])).toBe(false);
  expect(sameShape([1], [1, 1])).toBe(false);
});
