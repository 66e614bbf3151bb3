import { median } from "@isoconv/core-spec";

/** Wall-clock milliseconds of a run. */
export interface Timed<T> {
  readonly result: T;
  readonly milliseconds: number;
}

/** Runs a task against the clock. */
export async function timed<T>(task: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const result = await task();
  return { result, milliseconds: performance.now() - start };
}

/** The arithmetic mean; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How long `interleave` goes on. */
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

/** The median over turns of each turn's median: one slow turn, or one slow run in every turn, does not decide. */
export function medianTurn(times: readonly number[], runsPerRound: number): number {
  const turns = Math.floor(times.length / runsPerRound);
  return median(
    Array.from({ length: turns }, (_, turn) => median(times.slice(turn * runsPerRound, (turn + 1) * runsPerRound))),
  );
}
