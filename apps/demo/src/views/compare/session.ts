import { signal, type ReadonlySignal } from "@preact/signals";
import type { Image } from "../../engine/network.js";
import { image, network, samples } from "../../parts/subject.js";
import type { BackendId } from "../../engine/catalogue.js";
import { changed, idle, started, type Comparison, type Questions } from "./comparison.js";
import { runComparison } from "./run-comparison.js";

/** Warm runs of a backend. */
export const ROUNDS = { one: 30, all: 5 } as const;

/** A fast backend tells of a run more often than the page need be drawn. */
const INTERVAL_MILLISECONDS = 60;

/** The comparison that is shown, and the one run that may be under way. */
export class Session {
  readonly #shown = signal<Comparison>(idle);
  #controller = new AbortController();

  get shown(): ReadonlySignal<Comparison> {
    return this.#shown;
  }

  async compareOne(backends: readonly BackendId[]): Promise<void> {
    const images = image.peek();
    if (images !== undefined) await this.#run({ kind: "one" }, images, backends, ROUNDS.one);
  }

  async compareAll(backends: readonly BackendId[]): Promise<void> {
    const { loaded } = samples.peek();
    if (loaded === undefined) return;
    await this.#run({ kind: "all", labels: loaded.labels }, loaded.images, backends, ROUNDS.all);
  }

  stop(): void {
    this.#controller.abort();
  }

  /** Stops, and shows nothing: what was shown was of another network or image. */
  clear(): void {
    this.stop();
    this.#shown.value = idle;
  }

  async #run(questions: Questions, images: Image, backends: readonly BackendId[], rounds: number): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    let latest = started(questions, backends);
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#shown.value = latest;
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      // Nothing any more, once it was cleared or another run has begun.
      if (this.#controller === controller && this.#shown.peek() !== idle) this.#shown.value = latest;
    };
    await runComparison({ backends, network: network.peek(), images, rounds }, controller.signal, (change) => {
      latest = changed(latest, change);
      timer ??= setTimeout(show, INTERVAL_MILLISECONDS);
    });
    latest = { ...latest, isRunning: false };
    show();
  }
}
