/** Wall-clock milliseconds of a run. */
export interface Timed<T> {
  readonly result: T;
  readonly milliseconds: number;
}

export async function timed<T>(task: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const result = await task();
  return { result, milliseconds: performance.now() - start };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export interface RoundOptions {
  readonly rounds: number;
  /** Runs of one contestant in a row; the first is not counted, so that switching costs nobody. */
  readonly runsPerRound: number;
}

/**
 * Times contestants in interleaved rounds, so that whatever else the machine does falls on all of them alike.
 *
 * @returns the milliseconds of every counted run, by contestant
 */
export async function interleave<K extends string>(
  contestants: Readonly<Record<K, () => Promise<unknown>>>,
  { rounds, runsPerRound }: RoundOptions,
): Promise<Readonly<Record<K, readonly number[]>>> {
  const names = Object.keys(contestants) as K[];
  const times = Object.fromEntries(names.map((name): [K, number[]] => [name, []])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      await contestants[name]();
      for (let run = 0; run < runsPerRound; run += 1) times[name].push((await timed(contestants[name])).milliseconds);
    }
  }
  return times;
}

/** The median over rounds of each round's ratio of medians: `numerator` against `denominator`, both of `interleave`. */
export function pairedRatio(
  numerator: readonly number[],
  denominator: readonly number[],
  runsPerRound: number,
): number {
  const rounds = Math.floor(Math.min(numerator.length, denominator.length) / runsPerRound);
  const roundOf = (times: readonly number[], round: number): readonly number[] =>
    times.slice(round * runsPerRound, (round + 1) * runsPerRound);
  return median(
    Array.from(
      { length: rounds },
      (_, round) => median(roundOf(numerator, round)) / median(roundOf(denominator, round)),
    ),
  );
}
