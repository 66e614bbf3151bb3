import { expect, test } from "vitest";
import { topGuesses } from "./guesses.js";

test("guesses are probabilities, most likely first", () => {
  const guesses = topGuesses([0, Math.log(2), Math.log(5)], 2);
  expect(guesses.map(({ index }) => index)).toEqual([2, 1]);
  expect(guesses[0].probability).toBeCloseTo(5 / 8);
});

test("large logits do not overflow", () => {
  expect(topGuesses([1000, 0], 1)).toEqual([{ index: 0, probability: 1 }]);
});

test("equal guesses keep the order of their classes", () => {
  expect(topGuesses([1, 1, 1], 3).map(({ index }) => index)).toEqual([0, 1, 2]);
});

test("the most likely of many are the first ones of a full sort", () => {
  const logits = Array.from({ length: 1000 }, (_, index) => Math.sin(index * index));
  const sorted = logits.map((_, index) => index).toSorted((a, b) => logits[b] - logits[a]);
  expect(topGuesses(logits, 5).map(({ index }) => index)).toEqual(sorted.slice(0, 5));
});

test("logits that are not numbers have no probability", () => {
  expect(topGuesses([Number.NaN, Number.NaN, Number.NaN], 2)).toEqual([
    { index: 0, probability: Number.NaN },
    { index: 1, probability: Number.NaN },
  ]);
});
