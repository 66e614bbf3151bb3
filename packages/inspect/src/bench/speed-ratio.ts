import type { SpeedRatio } from "./bench-report.js";
import { bootstrapMedian, type BootstrapOptions } from "./bootstrap.js";

/** One backend's milliseconds, round by round in each session. */
export interface RoundTimes {
  readonly backend: string;
  readonly times: readonly (readonly number[])[];
}

/**
 * How much faster than the baseline: the median of the rounds' own ratios. A round that was slow for all backends does
 * not change its ratio, so the interval is computed by drawing whole rounds. Both backends were timed in the same
 * rounds of the same sessions.
 */
export function speedRatio(own: RoundTimes, baseline: RoundTimes, options: BootstrapOptions): SpeedRatio {
  const ratios = own.times.map((session, s) => session.map((time, round) => baseline.times[s][round] / time));
  const ratio = bootstrapMedian(ratios, options);
  return { baseline: baseline.backend, ratio, significant: ratio.low > 1 || ratio.high < 1 };
}
