import { expect, test } from "vitest";
import { topGuesses } from "./guesses.js";

test("guesses come likeliest first, as probabilities", () => {
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
