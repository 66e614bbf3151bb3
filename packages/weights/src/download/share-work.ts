import { checkAborted, IsoconvError } from "@isoconv/core-spec";
import type { ReadObserver } from "../source/byte-source.js";

/** Work that several callers wait for. */
export interface SharedWork<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  /** The callers that still wait. */
  readonly observers: Set<NonNullable<ReadObserver["onProgress"]>>;
}

/**
 * Does the work of a key once for all callers that ask for it at the same time. Each has its own progress and may leave;
 * when the last has left, the work is aborted.
 *
 * @throws what the work throws, and IsoconvError `ABORTED`
 */
export async function shareWork<T>(
  running: Map<string, SharedWork<T>>,
  key: string,
  work: (observer: ReadObserver) => Promise<T>,
  { signal, onProgress }: ReadObserver,
): Promise<T> {
  checkAborted(signal);
  const shared = running.get(key) ?? start(running, key, work);
  return new Promise<T>((resolve, reject) => {
    const observer = (loaded: number, total: number | undefined): void => {
      try {
        onProgress?.(loaded, total);
      } catch (error) {
        leave();
        reject(error);
      }
    };
    const leave = (): void => {
      signal?.removeEventListener("abort", abort);
      shared.observers.delete(observer);
      if (shared.observers.size > 0) return;
      // The next caller starts the work again.
      if (running.get(key) === shared) running.delete(key);
      shared.controller.abort();
    };
    const abort = (): void => {
      leave();
      reject(new IsoconvError("ABORTED", { what: "aborted by the caller", cause: signal?.reason }));
    };
    shared.observers.add(observer);
    signal?.addEventListener("abort", abort);
    void shared.result.then(resolve, reject).finally(leave);
  });
}

function start<T>(
  running: Map<string, SharedWork<T>>,
  key: string,
  work: (observer: ReadObserver) => Promise<T>,
): SharedWork<T> {
  const controller = new AbortController();
  const observers: SharedWork<T>["observers"] = new Set();
  const onProgress = (loaded: number, total: number | undefined): void => {
    for (const observer of observers) observer(loaded, total);
  };
  const shared = { result: work({ signal: controller.signal, onProgress }), controller, observers };
  running.set(key, shared);
  return shared;
}
