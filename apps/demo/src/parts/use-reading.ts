import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Engine } from "../engine/engine.js";
import { isAborted } from "../engine/plain-error.js";

/** The reading of files that the reader of the page gave. */
export interface Reading {
  /** The name of the first file while it is read. */
  readonly name: ReadonlySignal<string | undefined>;
  /** Why the last one could not be read. */
  readonly failure: ReadonlySignal<unknown>;
  /** Reads in a worker, which ends with it. */
  readonly read: (name: string, work: (engine: Engine, signal: AbortSignal) => Promise<void>) => Promise<void>;
}

/** Reads what was given last: a new reading aborts the one before it, and so does the end of the component. */
export function useReading(): Reading {
  const name = useSignal<string | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  const abort = useSignal(new AbortController());
  useEffect(() => () => abort.peek().abort(), [abort]);

  const read: Reading["read"] = async (given, work) => {
    abort.value.abort();
    abort.value = new AbortController();
    const { signal } = abort.value;
    name.value = given;
    failure.value = undefined;
    const engine = new Engine();
    try {
      await work(engine, signal);
    } catch (error) {
      if (!isAborted(error)) failure.value = error;
    } finally {
      engine.end();
      if (!signal.aborted) name.value = undefined;
    }
  };
  return { name, failure, read };
}
