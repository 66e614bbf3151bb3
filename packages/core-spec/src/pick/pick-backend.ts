import type { Backend } from "../backend/backend.js";
import { checkAborted } from "../backend/failure.js";
import { IsoconvError } from "../error.js";
import { optionChecks } from "../option-checks.js";
import { checkOptions, isRecord, type KnownOptions } from "../options.js";
import { openCandidate, reasonOf, type BackendCandidate, type Refusal } from "./candidate.js";
import { rank, type Entry, type Trial } from "./rank.js";

export interface PickOptions {
  readonly measure?: false | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Choose the fastest of the backends that agree on this graph. */
export interface MeasureOptions extends Trial {
  readonly measure: true;
}

/** The backend chosen, which the caller must dispose, and why those before it were not. */
export interface PickedBackend {
  readonly backend: Backend;
  readonly refused: readonly Refusal[];
}

/** The fastest backend that agrees. */
export interface MeasuredPick extends PickedBackend {
  /** Milliseconds of one run on each backend that agrees, the fastest first. */
  readonly measured: readonly { readonly id: string; readonly milliseconds: number }[];
}

/**
 * Chooses a backend: the first in the list that is available and can be created or, with `measure: true`, the fastest
 * of those whose results on the given graph are right. All other backends are disposed, also on errors.
 *
 * With `measure`, every available backend runs the graph. `agree` judges the results. Without it the backends are
 * compared with each other: those that differ from the majority by more than `floatAllowance` are refused, and if two
 * differ, both are. After warming up, timing takes turns in several rounds and uses the median.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason of each when none can be chosen, `ABORTED`,
 *   `INVALID_ATTRIBUTE` for something that is not a candidate and for an unknown option or one out of its domain,
 *   `INVALID_FEED`, `INVALID_WEIGHTS`
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
  if (!isMeasuring(options)) {
    checkOptions(options, PICK_OPTIONS, { op: "pickBackend" });
    return pickFirst(candidates, options.signal);
  }
  checkOptions(options, MEASURE_OPTIONS, { op: "pickBackend" });
  return pickFastest(candidates, options);
}

const { flag, signal } = optionChecks;
const PICK_OPTIONS: KnownOptions<PickOptions> = { known: { measure: flag, signal } };
const MEASURE_OPTIONS: KnownOptions<MeasureOptions> = {
  known: {
    measure: flag,
    signal,
    graph: true,
    parameters: true,
    feeds: true,
    agree: optionChecks.function,
    rounds: optionChecks.count,
  },
};

/** Options that are no object are left to the check. */
function isMeasuring(options: PickOptions | MeasureOptions): options is MeasureOptions {
  return isRecord(options) && options.measure === true;
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
  const { signal } = trial;
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

/** Disposes every backend and returns the failures, one refusal each. */
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
