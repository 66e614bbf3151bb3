/** A share of successes and its 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval of a proportion at 95 %, within [0, 1]: Probable inference, the law of succession, and
 * statistical inference (Journal of the American Statistical Association 22, 1927).
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  const centre = share + Z ** 2 / (2 * trials);
  const scale = 1 + Z ** 2 / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
