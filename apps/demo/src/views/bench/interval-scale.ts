import type { Interval } from "@isoconv/inspect";

/** A scale of milliseconds from 0, in per cent of a chart's width. */
export interface IntervalScale {
  /** The last tick is the end of the scale. */
  readonly ticks: readonly number[];
  readonly percent: (value: number) => number;
}

const MOST_TICKS = 5;

/** A scale that includes every interval, with ticks at round numbers. */
export function intervalScale(intervals: readonly Interval[]): IntervalScale {
  const largest = Math.max(...intervals.map(({ high }) => high), Number.MIN_VALUE);
  const step = roundUp(largest / MOST_TICKS);
  const count = Math.ceil(largest / step);
  const end = count * step;
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6))),
    percent: (value) => (value / end) * 100,
  };
}

/** The smallest of 1, 2 and 5 times a power of ten that is at least a given number. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power;
}
