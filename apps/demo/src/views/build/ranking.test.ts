import { expect, it } from "vitest";
import { topAnswers } from "./ranking.js";

it("answers come largest first, with their softmax", () => {
  const answers = topAnswers([0, Math.log(3), 0], 2);
  expect(answers.map(({ index }) => index)).toEqual([1, 0]);
  expect(answers[0].share).toBeCloseTo(0.6, 12);
});

it("large logits do not overflow", () => {
  expect(topAnswers([1000, 0], 1)[0].share).toBe(1);
});
