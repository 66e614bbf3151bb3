import { checkAborted } from "../backend/failure.js";
import { nextTask } from "../backend/next-task.js";
import { optionChecks } from "../option-checks.js";
import { checkOptions, type KnownOptions } from "../options.js";
import { median } from "./median.js";

/** A clock: milliseconds since some fixed moment. */
export type Clock = () => number;

/** Something to time. */
export interface Contestant {
  readonly id: string;
  readonly run: () => Promise<unknown>;
}

export interface RoundsOptions {
  readonly rounds: number;
  /** How many rounds were run before; the rotation of the order continues from there. */
  readonly before?: number;
  readonly now: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** The times of one contestant's rounds, or the error it threw in one of them. */
export type RoundsOutcome =
  /** Milliseconds of one run, one value per round. */
  { readonly times: readonly number[] } | { readonly error: unknown };

/** The shortest stretch that is timed: well above the 0.1 ms to which browsers round the clock. */
const STRETCH_MILLISECONDS = 1;
/** The shortest turn of a contestant. */
const TURN_MILLISECONDS = 5;
/** Runs before timing starts, in which engines compile hot code. */
const WARM_UP = { runs: 3, milliseconds: 20 } as const;
const MOST_WARM_UP_MILLISECONDS = 200;

/**
 * Times contestants in paired rounds. Each contestant has one turn per round. The order is rotated each round and
 * reversed each cycle, so that other load on the machine affects all contestants alike. A turn lasts at least a few
 * milliseconds and gives one sample: the median of its stretches of runs. A turn of short runs starts with one
 * uncounted run, so that the caches do not depend on the previous contestant.
 *
 * A contestant that throws is removed; the others continue.
 *
 * @throws IsoconvError `ABORTED`, `INVALID_ATTRIBUTE` for an unknown option
 */
export async function pairedRounds(
  contestants: readonly Contestant[],
  options: RoundsOptions,
): Promise<ReadonlyMap<string, RoundsOutcome>> {
  checkOptions(options, ROUNDS_OPTIONS, { op: "pairedRounds" });
  const { rounds, before = 0, now, signal } = options;
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

const ROUNDS_OPTIONS: KnownOptions<RoundsOptions> = {
  known: { rounds: true, before: true, now: optionChecks.function, signal: optionChecks.signal },
};

/** How a turn is divided. */
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

/** @param milliseconds of one run; 0 if the clock is too coarse to measure it */
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

/** Milliseconds of one run, averaged over several in a row. */
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
