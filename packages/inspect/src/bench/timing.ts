import { median, pairedRounds } from "@isoconv/core-spec";

/** Wall-clock milliseconds of a run. */
export interface Timed<T> {
  readonly result: T;
  readonly milliseconds: number;
}

/** Times a task. */
export async function timed<T>(task: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const result = await task();
  return { result, milliseconds: performance.now() - start };
}

/** The arithmetic mean; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Times contestants in paired rounds, so that whatever else the machine does falls on all of them alike.
 *
 * @returns the median milliseconds of one run, by contestant
 * @throws whatever a contestant throws
 */
export async function medianTimes(
  contestants: ReadonlyMap<string, () => Promise<unknown>>,
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const outcomes = await pairedRounds(
    Array.from(contestants, ([id, run]) => ({ id, run })),
    { rounds, now: () => performance.now() },
  );
  return new Map(
    Array.from(outcomes, ([id, outcome]) => {
      if ("error" in outcome) throw outcome.error;
      return [id, median(outcome.times)];
    }),
  );
}
