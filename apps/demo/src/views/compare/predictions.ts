import { argmax } from "@isoconv/conformance";
import type { Tensor } from "@isoconv/core-spec";

export interface Guess {
  readonly index: number;
  readonly probability: number;
}

/** The likeliest classes of one image, likeliest first; of equals the first. */
export function topGuesses(logits: ArrayLike<number>, count: number): readonly Guess[] {
  return softmax(logits)
    .map((probability, index) => ({ index, probability }))
    .toSorted((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, count);
}

function softmax(logits: ArrayLike<number>): readonly number[] {
  const values = Array.from(logits);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** The class of each image; −1 where all are NaN. */
export function predictionsOf({ shape, data }: Pick<Tensor, "shape" | "data">): readonly number[] {
  const [count = 0, classes = 0] = shape;
  return Array.from({ length: count }, (_, row) => argmax(data.subarray(row * classes, (row + 1) * classes)));
}

export function countCorrect(predictions: readonly number[], labels: readonly number[]): number {
  return predictions.filter((prediction, index) => prediction === labels[index]).length;
}
