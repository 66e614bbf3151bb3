import type { Backend } from "../backend/backend.js";
import { checkAborted } from "../backend/failure.js";
import { IsoconvError } from "../error.js";
import { openCandidate, reasonOf, type BackendCandidate, type Refusal } from "./candidate.js";
import { checkRounds, rank, type Entry, type Trial } from "./rank.js";

export interface PickOptions {
  readonly measure?: false | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Choose the fastest backend on this graph, of those that agree. */
export interface MeasureOptions extends Trial {
  readonly measure: true;
}

/** The backend chosen, to be disposed by the caller, and why those before it were not. */
export interface PickedBackend {
  readonly backend: Backend;
  readonly refused: readonly Refusal[];
}

/** The fastest backend that agrees. */
export interface MeasuredPick extends PickedBackend {
  /** How long one run takes on each backend that agrees, the fastest first. */
  readonly measured: readonly { readonly id: string; readonly milliseconds: number }[];
}

/**
 * Chooses a backend: the first in the list that is available and can be created, or, with `measure: true`, the fastest
 * of those whose results on the given graph are right. Backends that are not chosen are disposed, in any case.
 *
 * Measured, every available backend runs the graph and is judged by `agree`, or left out, by the others: those differing
 * from the majority by more than `floatAllowance` are refused; where two differ, both are. Timing warms up, takes turns in
 * several rounds, and counts the median.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason of each when none can be chosen, `ABORTED`,
 *   `INVALID_ATTRIBUTE` for a candidate that is none and for rounds that are no count, `INVALID_FEED`, `INVALID_WEIGHTS`
 */
export async function pickBackend(
  candidates: readonly BackendCandidate[],
  options: MeasureOptions,
): Promise<MeasuredPick>;
export async function pickBackend(
  candidates: readonly BackendCandidate[],
  options?: PickOptions,
): Promise<PickedBackend>;
export async function pickBackend(
  candidates: readonly BackendCandidate[],
  options: PickOptions | MeasureOptions = {},
): Promise<PickedBackend> {
  return options.measure === true ? pickFastest(candidates, options) : pickFirst(candidates, options.signal);
}

async function pickFirst(
  candidates: readonly BackendCandidate[],
  signal: AbortSignal | undefined,
): Promise<PickedBackend> {
  const refused: Refusal[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const opened = await openCandidate(candidate, index, signal);
    if ("backend" in opened) return { backend: opened.backend, refused };
    refused.push(opened.refusal);
  }
  throw nothingLeft(refused);
}

async function pickFastest(candidates: readonly BackendCandidate[], trial: MeasureOptions): Promise<MeasuredPick> {
  const { signal, rounds } = trial;
  checkRounds(rounds);
  const refused: Refusal[] = [];
  const entries: Entry[] = [];
  try {
    for (const [index, candidate] of candidates.entries()) {
      const opened = await openCandidate(candidate, index, signal);
      if ("backend" in opened) entries.push(opened);
      else refused.push(opened.refusal);
    }
    const outcome = await rank(entries, trial);
    refused.push(...outcome.refused);
    const [fastest] = outcome.ranking;
    if (fastest === undefined) throw nothingLeft(refused);
    checkAborted(signal);
    refused.push(...(await disposeAll(entries.filter(({ backend }) => backend !== fastest.backend))));
    const measured = outcome.ranking.map(({ id, milliseconds }) => ({ id, milliseconds }));
    return { backend: fastest.backend, refused, measured };
  } catch (error) {
    await disposeAll(entries);
    throw error;
  }
}

/** Disposes every backend, whatever the others do; what fails is told of. */
async function disposeAll(entries: readonly Entry[]): Promise<readonly Refusal[]> {
  const failed = await Promise.all(
    entries.map(({ id, backend }) =>
      backend.dispose().then(
        () => [],
        (error: unknown) => [{ id, reason: `could not be disposed: ${reasonOf(error)}` }],
      ),
    ),
  );
  return failed.flat();
}

function nothingLeft(refused: readonly Refusal[]): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: "none of the backends can be chosen",
    hint: refused.length === 0 ? "Name at least one" : refused.map(({ id, reason }) => `${id}: ${reason}`).join("; "),
    cause: refused,
  });
}
