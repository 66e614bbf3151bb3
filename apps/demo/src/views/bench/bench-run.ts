import { computed, signal } from "@preact/signals";
import type { BackendId } from "../../engine/catalogue.js";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import type { BenchEvent, BenchResult } from "./bench-tasks.js";

export interface BenchChoice {
  readonly backends: readonly BackendId[];
  readonly subject: string;
  readonly rounds: number;
}

/** The progress of a benchmark. */
export type BenchProgress =
  | { readonly phase: "idle" | "stopped" }
  | { readonly phase: "running"; readonly done: number; readonly sessions: number | undefined }
  | { readonly phase: "done"; readonly result: BenchResult }
  | { readonly phase: "failed"; readonly error: unknown };

/** A benchmark. All backends share one worker, since their runs are interleaved. */
export class BenchRun {
  readonly progress = signal<BenchProgress>({ phase: "idle" });
  readonly isRunning = computed(() => this.progress.value.phase === "running");
  readonly #engine = new Engine();
  #stopping = new AbortController();

  async start(choice: BenchChoice): Promise<void> {
    this.end();
    const stopping = new AbortController();
    this.#stopping = stopping;
    const show = (progress: BenchProgress): void => {
      // A later run has replaced this progress.
      if (this.#stopping === stopping) this.progress.value = progress;
    };
    show({ phase: "running", done: 0, sessions: undefined });
    try {
      const given = { ...choice, base: document.baseURI };
      const onEvent = (event: BenchEvent): void => {
        if (!stopping.signal.aborted) show({ phase: "running", ...event });
      };
      const result = await this.#engine.call("bench", given, { signal: stopping.signal, onEvent });
      show({ phase: "done", result });
    } catch (error) {
      show(isAborted(error) ? { phase: "stopped" } : { phase: "failed", error });
    } finally {
      // Ends the worker to free the memory of its runtimes.
      if (this.#stopping === stopping) this.#engine.end();
    }
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Stops the run and ends the worker; results stay. */
  end(): void {
    this.stop();
    if (this.isRunning.peek()) this.progress.value = { phase: "stopped" };
    this.#engine.end();
  }
}
