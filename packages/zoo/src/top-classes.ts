/** One of the classes that a network scores. */
export interface ScoredClass {
  readonly index: number;
  readonly logit: number;
  /** The softmax of the logits; NaN if one of them is NaN or +∞. */
  readonly probability: number;
}

/** The most likely classes of one image, most likely first; of equals the lower index. NaN is less than any number. */
export function topClasses(logits: ArrayLike<number>, count: number): readonly ScoredClass[] {
  const isAbove = (index: number, other: number): boolean =>
    logits[index] > logits[other] || (Number.isNaN(logits[other]) && !Number.isNaN(logits[index]));
  const top: number[] = [];
  for (let index = 0; index < logits.length; index += 1) {
    if (top.length >= count && !isAbove(index, top[top.length - 1])) continue;
    const place = top.findIndex((other) => isAbove(index, other));
    top.splice(place < 0 ? top.length : place, 0, index);
    top.length = Math.min(top.length, count);
  }
  const probability = softmax(logits);
  return top.map((index) => ({ index, logit: logits[index], probability: probability(logits[index]) }));
}

/** The probability of a class by its logit. */
function softmax(logits: ArrayLike<number>): (logit: number) => number {
  const values = Array.from(logits);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = values.reduce((total, value) => total + Math.exp(value - most), 0);
  return (logit) => Math.exp(logit - most) / sum;
}
