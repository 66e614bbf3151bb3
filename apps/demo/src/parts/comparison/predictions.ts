import { argmax } from "@isoconv/judge";
import type { Tensor } from "@isoconv/core-spec";

/** The predicted class of each image; −1 if all its logits are NaN. */
export function predictionsOf({ shape, data }: Pick<Tensor, "shape" | "data">): readonly number[] {
  const [count = 0, classes = 0] = shape;
  return Array.from({ length: count }, (_, row) => argmax(data.subarray(row * classes, (row + 1) * classes)));
}

export function countCorrect(predictions: readonly number[], labels: readonly number[]): number {
  return predictions.filter((prediction, index) => prediction === labels[index]).length;
}
