import { median, uniform } from "@isoconv/core-spec";
import type { Interval } from "./bench-report.js";

/** The number of resamples. */
const RESAMPLES = 2000;
/** The share that each tail of the interval excludes. */
const TAIL = 0.025;

export interface BootstrapOptions {
  /** An integer in [0, 2³²). */
  readonly seed: number;
  /** Part of the seed, so that different intervals use different draws. */
  readonly name: string;
}

/**
 * The median with its 95 % bootstrap interval by the percentile method with 2000 resamples. A resample draws as many
 * sessions as there are, with replacement, then as many values from each as it has, and takes the median of all. The
 * interval excludes 2.5 % of those medians at either end. Differences between sessions widen the interval even if each
 * session is steady.
 *
 * Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; Davison and Hinkley, Bootstrap Methods and
 * their Application (1997), section 3.8, for values in groups.
 *
 * @param sessions the values of each session, none empty
 * @returns NaN throughout for no sessions
 */
export function bootstrapMedian(sessions: readonly (readonly number[])[], { seed, name }: BootstrapOptions): Interval {
  const longest = Math.max(0, ...sessions.map(({ length }) => length));
  const perResample = sessions.length * (1 + longest);
  const draws = uniform(seed, `bootstrap/${name}`, RESAMPLES * perResample, 0, 1);
  const medians = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    let next = resample * perResample;
    // A draw may be rounded up to 1.
    const draw = <T>(items: readonly T[]): T => {
      const index = Math.min(Math.floor(draws[next] * items.length), items.length - 1);
      next += 1;
      return items[index];
    };
    medians[resample] = median(
      sessions.flatMap(() => {
        const session = draw(sessions);
        return session.map(() => draw(session));
      }),
    );
  }
  medians.sort();
  return {
    median: median(sessions.flat()),
    low: medians[Math.floor(TAIL * RESAMPLES)],
    high: medians[RESAMPLES - 1 - Math.floor(TAIL * RESAMPLES)],
  };
}
