import { checkEngine } from "../../engine.js";
import { IsoconvError } from "../../error.js";
import { checkOptions } from "../../options.js";
import { backendOptions, type BackendOptions } from "../backend-module.js";

/** How long a start may go without a sign of progress, in milliseconds. */
const START_TIMEOUT = 60_000;

/** The longest tick of the clock. A thread that is blocked, or a computer that sleeps, counts as one. */
const LONGEST_TICK = 1000;

/** What is started, and what to do if it does not. */
export interface Start<T> {
  /** The subject of the error's sentence, such as `onnxruntime-web`. */
  readonly what: string;
  /** How far it came, for the error; asked when the limit is reached. */
  readonly stage?: () => string | undefined;
  readonly hint?: string;
  /** Frees what a start returns after it was given up. */
  readonly discard?: (late: T) => unknown;
}

/**
 * Waits for a start, as long as it shows progress: a runtime whose worker, device or download fails may wait for ever.
 *
 * @param start calls `progress` at every sign of progress, which starts the limit again
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when nothing has happened for `startTimeout`, or the engine is too old;
 *   `INVALID_ATTRIBUTE` for a `startTimeout` out of its domain; whatever the start throws
 */
export function startWithin<T>(
  { startTimeout = START_TIMEOUT }: Pick<BackendOptions, "startTimeout">,
  { what, stage, hint = "The host may be slow: startTimeout allows more", discard }: Start<T>,
  start: (progress: () => void) => Promise<T>,
): Promise<T> {
  checkEngine();
  checkOptions({ startTimeout }, backendOptions);
  return new Promise((resolve, reject) => {
    let idle = 0;
    let isGivenUp = false;
    const tick = Math.min(LONGEST_TICK, startTimeout / 20);
    const clock = setInterval(() => {
      idle += tick;
      if (idle < startTimeout) return;
      clearInterval(clock);
      isGivenUp = true;
      const reached = stage?.();
      reject(
        new IsoconvError("BACKEND_UNAVAILABLE", {
          what: `${what} did not start: nothing happened for ${startTimeout / 1000} s${reached === undefined ? "" : `, ${reached}`}`,
          hint,
        }),
      );
    }, tick);
    const starting = begin(start, () => (idle = 0)).finally(() => clearInterval(clock));
    starting.then((started) => (isGivenUp ? discard?.(started) : resolve(started))).catch(reject);
  });
}

async function begin<T>(start: (progress: () => void) => Promise<T>, progress: () => void): Promise<T> {
  return start(progress);
}
