import { isIsoconvError, type IsoconvError } from "../../error.js";
import type { BackendOptions } from "../backend-module.js";
import { watchThreads, type ThreadWatch } from "./emscripten-threads.js";
import { startWithin, type Start } from "./start-limit.js";
import { WasmDownloads } from "./wasm-downloads.js";

/** A runtime in WebAssembly, and what to do if it does not start. */
export interface WasmStart<T> extends Pick<Start<T>, "what" | "discard">, Pick<ThreadWatch, "isThread" | "onLost"> {
  readonly options: Pick<BackendOptions, "startTimeout">;
  /** The error for the runtime's own, and for what is known to be wrong with its files. */
  readonly explain: (cause: unknown, problem: string | undefined) => IsoconvError | Promise<IsoconvError>;
}

/**
 * Starts a runtime in WebAssembly: waits as long as its files and its threads show progress.
 *
 * @returns what was started, and what made the start slower than it need be
 * @throws IsoconvError `BACKEND_UNAVAILABLE`: that of `startWithin`, the one that the start throws, or `explain`'s
 */
export async function startWasm<T>(
  { options, isThread, onLost, explain, ...limited }: WasmStart<T>,
  start: () => Promise<T>,
): Promise<{ readonly started: T; readonly remarks: readonly string[] }> {
  let progress = (): void => {};
  const downloads = new WasmDownloads(() => progress());
  const watch = { isThread, onLost, progress: () => progress(), startTimeout: options.startTimeout };
  // The limit is innermost, so that nothing is watched any more once a start is given up.
  const limitedStart = (): Promise<T> =>
    startWithin(options, { ...limited, stage: () => downloads.stage }, (tick) => {
      progress = tick;
      return start();
    });
  try {
    const started = await watchThreads(watch, () => downloads.during(limitedStart));
    return { started, remarks: downloads.remarks };
  } catch (cause) {
    throw isIsoconvError(cause) ? cause : await explain(cause, await downloads.problem());
  }
}
