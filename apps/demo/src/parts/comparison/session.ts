import { signal, type ReadonlySignal } from "@preact/signals";
import type { BackendId } from "../../engine/catalogue.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import { changed, idle, started, type Change, type Comparison, type Questions } from "./comparison.js";
import { runComparison, type ComparisonTask } from "./run-comparison.js";

/** A slow backend gets fewer rounds; for many images it gets only the first run if that takes long. */
export const WARM_RUNS = {
  one: { most: 30, least: 1, budgetMilliseconds: 3000 },
  all: { most: 5, least: 0, budgetMilliseconds: 3000 },
} as const;

/** Limits redraws: a fast backend sends events more often than the page needs to be drawn. */
const INTERVAL_MILLISECONDS = 60;

/** What is compared. */
export interface ComparedNetwork {
  readonly questions: Questions;
  readonly network: NetworkChoice;
  /** The images of the questions, as the network's input. */
  readonly images: Image;
}

/** The comparison shown, and the current run if there is one. */
export class Session {
  readonly #shown = signal<Comparison>(idle);
  #controller = new AbortController();
  /** Settles when the workers of the latest run have ended. */
  #ended: Promise<void> = Promise.resolve();

  get shown(): ReadonlySignal<Comparison> {
    return this.#shown;
  }

  /** Settles when all backends are through, or were stopped. */
  async run({ questions, network, images }: ComparedNetwork, backends: readonly BackendId[]): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    const warm = WARM_RUNS[questions.kind];
    let latest = started(questions, backends);
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#shown.value = latest;
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      // Ignored once the comparison was cleared or another run has started.
      if (this.#controller === controller && this.#shown.peek() !== idle) this.#shown.value = latest;
    };
    const tell = (change: Change): void => {
      latest = changed(latest, change);
      timer ??= setTimeout(show, INTERVAL_MILLISECONDS);
    };
    const task: ComparisonTask = { backends, network, images, warm };
    // A worker that was stopped may run a little longer and would slow this run down.
    this.#ended = this.#ended.then(() => runComparison(task, controller.signal, tell));
    await this.#ended;
    latest = { ...latest, isRunning: false };
    show();
  }

  stop(): void {
    this.#controller.abort();
  }

  /** Stops and clears the results, which belong to another network or image. */
  clear(): void {
    this.stop();
    this.#shown.value = idle;
  }

  /** Clears results that belong to the chosen image alone. */
  clearOne(): void {
    if (this.#shown.peek().questions.kind === "one") this.clear();
  }
}
