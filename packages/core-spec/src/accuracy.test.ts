import { expect, test } from "vitest";
import { accumulationGrowth, averageGrowth, dotProduct, exact, rounded, selection } from "./accuracy.js";

test("the growth is the rigorous bound for short sums and the probabilistic one for long", () => {
  expect(accumulationGrowth(1)).toBe(3);
  expect(accumulationGrowth(9)).toBe(11);
  expect(accumulationGrowth(16)).toBe(16);
  expect(accumulationGrowth(4608)).toBeCloseTo(207.65, 2);
});

test("means use the rigorous bound only, because equal terms round the same way each time", () => {
  expect(averageGrowth(196)).toBe(198);
});

test("a dot product's inputs are rounded twice", () => {
  expect(dotProduct(9)).toEqual({ kind: "rounded", value: 0, magnitude: 11, absolute: 0, inputs: 2, terms: 9 });
});

test("rules are frozen", () => {
  for (const rule of [exact, selection, rounded({ value: 1 })]) expect(Object.isFrozen(rule)).toBe(true);
});
