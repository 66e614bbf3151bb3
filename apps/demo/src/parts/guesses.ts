/** One answer of a network. */
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
