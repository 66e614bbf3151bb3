/** One answer of a network. */
export interface Answer {
  readonly index: number;
  readonly logit: number;
  /** The softmax of the logits. */
  readonly share: number;
}

/** The largest logits first, with their shares of all. */
export function topAnswers(logits: ArrayLike<number>, count: number): readonly Answer[] {
  const values = Array.from(logits);
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = values.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  return values
    .map((logit, index) => ({ index, logit, share: Math.exp(logit - largest) / total }))
    .toSorted((a, b) => b.logit - a.logit)
    .slice(0, count);
}
