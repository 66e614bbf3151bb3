/** Above this the continued fraction is more accurate than the series. */
const SWITCH = 1.5;
/** Enough terms of either that the remainder is below one part in 2⁵³ at `SWITCH`, where both converge slowest. */
const TERMS = 100;

/** The complementary error function `1 − 2/√π ∫₀ˣ e^(−t²) dt`, with a relative error of about 1e-14. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x === Infinity) return 0;
  return x < SWITCH ? 1 - erfSeries(x) : erfcFraction(x);
}

/**
 * `erf x = 2/√π · e^(−x²) · Σ_k 2^k x^(2k+1) / (1·3·…·(2k+1))` (DLMF 7.6.2): all terms are positive, so there is no
 * cancellation.
 */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < TERMS; k += 1) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * `√π · e^(x²) · erfc x = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))))` (DLMF 7.9.1), evaluated from the innermost
 * fraction.
 */
function erfcFraction(x: number): number {
  let tail = x;
  for (let k = TERMS; k > 0; k -= 1) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
