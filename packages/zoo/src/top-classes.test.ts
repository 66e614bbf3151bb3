import { expect, test } from "vitest";
import { topClasses } from "./top-classes.js";

test("classes have probabilities, most likely first", () => {
  const classes = topClasses([0, Math.log(2), Math.log(5)], 2);
  expect(classes.map(({ index }) => index)).toEqual([2, 1]);
  expect(classes[0].probability).toBeCloseTo(5 / 8);
});

test("large logits do not overflow", () => {
  expect(topClasses([1000, 0], 1)).toEqual([{ index: 0, logit: 1000, probability: 1 }]);
});

test("equal logits keep the order of their classes", () => {
  expect(topClasses([1, 1, 1], 3).map(({ index }) => index)).toEqual([0, 1, 2]);
});

test("the most likely of many are the first ones of a full sort", () => {
  const logits = Array.from({ length: 1000 }, (_, index) => Math.sin(index * index));
  const sorted = logits.map((_, index) => index).toSorted((a, b) => logits[b] - logits[a]);
  expect(topClasses(logits, 5).map(({ index }) => index)).toEqual(sorted.slice(0, 5));
});

test("logits that are not numbers have no probability", () => {
  expect(topClasses([Number.NaN, Number.NaN, Number.NaN], 2)).toEqual([
    { index: 0, logit: Number.NaN, probability: Number.NaN },
    { index: 1, logit: Number.NaN, probability: Number.NaN },
  ]);
});

test("NaN is never above a number", () => {
  expect(topClasses([Number.NaN, -1, Number.NaN, 2], 3).map(({ index }) => index)).toEqual([3, 1, 0]);
});
