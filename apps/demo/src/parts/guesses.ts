/** One predicted class. */
export interface Guess {
  readonly index: number;
  readonly probability: number;
}

/** The most likely classes of one image, most likely first; of equals the lower index. */
export function topGuesses(logits: ArrayLike<number>, count: number): readonly Guess[] {
  const logit = (index: number): number => logits[index] ?? Number.NaN;
  const top: number[] = [];
  for (let index = 0; index < logits.length; index += 1) {
    const isAmongThem = top.length < count || logit(index) > logit(top.at(-1) ?? 0);
    if (!isAmongThem) continue;
    const place = top.findIndex((other) => logit(index) > logit(other));
    top.splice(place < 0 ? top.length : place, 0, index);
    top.length = Math.min(top.length, count);
  }
  const probability = softmax(logits);
  return top.map((index) => ({ index, probability: probability(index) }));
}

/** The probability of each class. */
function softmax(logits: ArrayLike<number>): (index: number) => number {
  const values = Array.from(logits);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = values.reduce((total, value) => total + Math.exp(value - most), 0);
  return (index) => Math.exp((values[index] ?? Number.NaN) - most) / sum;
}
