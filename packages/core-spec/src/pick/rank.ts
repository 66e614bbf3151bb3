import type { Backend, Executable, Feeds, Parameters, Results } from "../backend/backend.js";
import { checkAborted } from "../backend/failure.js";
import { isIsoconvError } from "../error.js";
import type { Graph } from "../graph/graph.js";
import { reasonOf, type Refusal } from "./candidate.js";
import type { Judge } from "./judge.js";
import { median } from "./median.js";
import { mutualComplaints } from "./mutual-agreement.js";
import { pairedRounds } from "./paired-rounds.js";

/** The graph, parameters and feeds that backends are measured on. */
export interface Trial {
  readonly graph: Graph;
  readonly parameters: Parameters;
  readonly feeds: Feeds;
  /** Returns what is wrong with a backend's results; without it the backends are compared with each other. */
  readonly agree?: Judge | undefined;
  /** Timing rounds after warming up, one turn of every backend in each; 7 by default. */
  readonly rounds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A backend that is measured, with the id used in refusals. */
export interface Entry {
  readonly id: string;
  readonly backend: Backend;
}

/** An entry whose results are right, and the median of its rounds: milliseconds of one run. */
export interface Ranked extends Entry {
  readonly milliseconds: number;
}

interface Contender extends Entry {
  readonly executable: Executable;
  /** The results of the latest run. */
  results: Results;
}

const ROUNDS = 7;

/**
 * Runs the trial on every backend, refuses those whose results are wrong before or after the timing, and ranks the
 * rest, the fastest first. The trial's executable is disposed on the fastest; on the others it goes when the caller
 * disposes them.
 *
 * @throws IsoconvError `ABORTED`, `INVALID_FEED`, `INVALID_WEIGHTS`; whatever `agree` throws
 */
export async function rank(
  entries: readonly Entry[],
  trial: Trial,
): Promise<{ readonly ranking: readonly Ranked[]; readonly refused: readonly Refusal[] }> {
  const refused: Refusal[] = [];
  const contenders: Contender[] = [];
  for (const entry of entries) {
    const entered = await enter(entry, trial);
    if ("reason" in entered) refused.push(entered);
    else contenders.push(entered);
  }
  const timed = await time(await withoutWrong(contenders, trial, refused), trial, refused);
  // Check the results after the timing too: a backend must not be fast because it returns old or half-finished results.
  const right = await withoutWrong([...timed.keys()], trial, refused);
  const medianOf = (contender: Contender): number => median(timed.get(contender) ?? []);
  const ranked = right.toSorted((a, b) => medianOf(a) - medianOf(b));
  await ranked[0]?.executable.dispose();
  const ranking = ranked.map((contender) => ({
    id: contender.id,
    backend: contender.backend,
    milliseconds: medianOf(contender),
  }));
  return { ranking, refused };
}

async function enter(entry: Entry, { graph, parameters, feeds, signal }: Trial): Promise<Contender | Refusal> {
  try {
    checkAborted(signal);
    const executable = await entry.backend.compile(graph, parameters);
    return { ...entry, executable, results: await executable.run(feeds, { signal }) };
  } catch (error) {
    checkAborted(signal);
    // This is the caller's mistake, not the backend's: every other backend would refuse as well.
    if (isIsoconvError(error, "INVALID_FEED") || isIsoconvError(error, "INVALID_WEIGHTS")) throw error;
    return { id: entry.id, reason: reasonOf(error) };
  }
}

async function withoutWrong(
  contenders: readonly Contender[],
  { graph, agree }: Trial,
  refused: Refusal[],
): Promise<readonly Contender[]> {
  const mutual = agree === undefined ? mutualComplaints(graph, contenders) : [];
  const right: Contender[] = [];
  for (const [index, contender] of contenders.entries()) {
    const reason = agree === undefined ? mutual[index] : await agree(contender.results, contender.backend);
    if (reason === undefined) right.push(contender);
    else refused.push({ id: contender.id, reason });
  }
  return right;
}

/** Milliseconds of one run, one value per round; a backend that throws is refused. */
async function time(
  contenders: readonly Contender[],
  { feeds, rounds = ROUNDS, signal }: Trial,
  refused: Refusal[],
): Promise<ReadonlyMap<Contender, readonly number[]>> {
  const contestants = contenders.map((contender, index) => ({
    id: String(index),
    run: async () => {
      contender.results = await contender.executable.run(feeds, { signal });
    },
  }));
  const outcomes = await pairedRounds(contestants, { rounds, now: () => performance.now(), signal });
  const timed = new Map<Contender, readonly number[]>();
  for (const [index, contender] of contenders.entries()) {
    const outcome = outcomes.get(String(index));
    if (outcome === undefined || "error" in outcome) {
      refused.push({ id: contender.id, reason: reasonOf(outcome?.error) });
    } else timed.set(contender, outcome.times);
  }
  return timed;
}
