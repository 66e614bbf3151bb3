import { checkAborted } from "../backend/failure.js";
import { nextTask } from "../backend/next-task.js";
import { median } from "./median.js";

/** Milliseconds from some fixed moment. */
export type Clock = () => number;

/** Something to be timed. */
export interface Contestant {
  readonly id: string;
  readonly run: () => Promise<unknown>;
}

export interface RoundsOptions {
  readonly rounds: number;
  /** How many rounds there were before: the order goes on from there. */
  readonly before?: number;
  readonly now: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** What one contestant's rounds took, or what it threw in one of them. */
export type RoundsOutcome =
  /** Milliseconds of one run, a value a round. */
  { readonly times: readonly number[] } | { readonly error: unknown };

/** The least a clock reads at once: well above the 0.1 ms that browsers round to. */
const STRETCH_MILLISECONDS = 1;
/** The least a contestant's turn lasts. */
const TURN_MILLISECONDS = 5;
/** Runs before anything counts: engines compile what is hot. */
const WARM_UP = { runs: 3, milliseconds: 20 } as const;
const MOST_WARM_UP_MILLISECONDS = 200;

/**
 * Times contestants in paired rounds: everyone has one turn a round, in an order that is rotated each round and reversed
 * each cycle, so that whatever else the machine does falls on all alike. A turn lasts at least a few milliseconds and
 * counts as one sample: the median of its stretches of runs. One uncounted run comes before a turn of short runs, so
 * that what the others left in the caches costs nobody.
 *
 * A contestant that throws is out; the others go on.
 *
 * @throws IsoconvError `ABORTED`
 */
export async function pairedRounds(
  contestants: readonly Contestant[],
  { rounds, before = 0, now, signal }: RoundsOptions,
): Promise<ReadonlyMap<string, RoundsOutcome>> {
  const outcomes = new Map<string, { readonly times: number[] } | { readonly error: unknown }>();
  const turns = new Map<string, Turn>();
  const attempt = async (id: string, task: () => Promise<void>): Promise<void> => {
    checkAborted(signal);
    try {
      await task();
    } catch (error) {
      checkAborted(signal);
      outcomes.set(id, { error });
    }
    await nextTask();
  };
  for (const { id, run } of contestants) {
    outcomes.set(id, { times: [] });
    await attempt(id, async () => void turns.set(id, paceOf(await warmUp(run, now))));
  }
  for (let round = before; round < before + rounds; round += 1) {
    for (const { id, run } of orderOf(contestants, round)) {
      const outcome = outcomes.get(id);
      const turn = turns.get(id);
      if (outcome === undefined || turn === undefined || "error" in outcome) continue;
      await attempt(id, async () => void outcome.times.push(await takeTurn(run, turn, now)));
    }
  }
  return outcomes;
}

/** How a turn is spent. */
interface Turn {
  readonly stretches: number;
  readonly runsPerStretch: number;
}

/** The fastest run while warming up, in milliseconds. */
async function warmUp(run: () => Promise<unknown>, now: Clock): Promise<number> {
  const start = now();
  let fastest = Infinity;
  for (let runs = 0; ; runs += 1) {
    const elapsed = now() - start;
    if (runs > 0 && elapsed >= MOST_WARM_UP_MILLISECONDS) return fastest;
    if (runs >= WARM_UP.runs && elapsed >= WARM_UP.milliseconds) return fastest;
    fastest = Math.min(fastest, await stretch(run, 1, now));
  }
}

/** @param milliseconds of one run; 0 where the clock is too coarse to tell */
function paceOf(milliseconds: number): Turn {
  const runsPerStretch = Math.ceil(STRETCH_MILLISECONDS / Math.max(milliseconds, STRETCH_MILLISECONDS / 1000));
  const lasts = runsPerStretch * Math.max(milliseconds, STRETCH_MILLISECONDS / 1000);
  return { runsPerStretch, stretches: Math.ceil(TURN_MILLISECONDS / lasts) };
}

async function takeTurn(run: () => Promise<unknown>, { stretches, runsPerStretch }: Turn, now: Clock): Promise<number> {
  if (stretches > 1) await run();
  const times: number[] = [];
  for (let i = 0; i < stretches; i += 1) times.push(await stretch(run, runsPerStretch, now));
  return median(times);
}

/** Milliseconds of one run, from several in a row. */
async function stretch(run: () => Promise<unknown>, runs: number, now: Clock): Promise<number> {
  const start = now();
  for (let i = 0; i < runs; i += 1) await run();
  return (now() - start) / runs;
}

function orderOf<T>(items: readonly T[], round: number): readonly T[] {
  const first = round % Math.max(items.length, 1);
  const rotated = [...items.slice(first), ...items.slice(0, first)];
  return Math.floor(round / Math.max(items.length, 1)) % 2 === 0 ? rotated : rotated.toReversed();
}
