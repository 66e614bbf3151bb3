/** How sums are formed. Operations that add up many terms do so through this, and are written once. */
export interface Summation {
  /** `Σ terms[k]` */
  sum(terms: Float64Array): number;
  /**
   * One element of a dot product over all of `x`, written to `y`:
   * `y.value[at] = Σ_k w[row + k] · x[k] + bias` and `y.magnitude[at] = Σ_k |w[row + k] · x[k]| + |bias|`.
   */
  dot(y: DotProducts, at: number, w: Float64Array, row: number, x: Float64Array, bias: number): void;
}

/** Where dot products and their magnitudes go. */
export interface DotProducts {
  readonly value: Float64Array;
  readonly magnitude: Float64Array;
}

/** Term by term in float64. */
export const exactSummation: Summation = {
  sum(terms) {
    let total = 0;
    for (let k = 0; k < terms.length; k += 1) total += terms[k];
    return total;
  },
  dot(y, at, w, row, x, bias) {
    let total = 0;
    let magnitude = 0;
    for (let k = 0; k < x.length; k += 1) {
      const product = w[row + k] * x[k];
      total += product;
      magnitude += Math.abs(product);
    }
    y.value[at] = total + bias;
    y.magnitude[at] = magnitude + Math.abs(bias);
  },
};

/** `Σ |terms[k]|` */
export function absoluteSum(terms: Float64Array): number {
  let total = 0;
  for (let k = 0; k < terms.length; k += 1) total += Math.abs(terms[k]);
  return total;
}
