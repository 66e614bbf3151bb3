import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { countCorrect, predictionsOf } from "./predictions.js";

test("each row of logits has its own prediction", () => {
  expect(predictionsOf(float32([2, 3], [1, 3, 2, 9, 0, 0]))).toEqual([1, 0]);
});

test("only a prediction equal to its label is correct", () => {
  expect(countCorrect([1, 0, 2], [1, 1, 2])).toBe(2);
});
