import { computed, signal } from "@preact/signals";
import type { BackendId } from "../../engine/catalogue.js";
import { Engine } from "../../engine/engine.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import { isAborted } from "../../engine/plain-error.js";
import type { RunEvent, RunResult } from "../../engine/tasks.js";
import { chosenBackend } from "../../parts/chosen-backend.js";
import { fitPicture, toImage } from "../../parts/picture.js";
import { isInverted, picture, seedOf } from "../../parts/subject.js";
import { setState, stateOf } from "../../route/url-state.js";
import { analysis, isSound, text } from "./build-state.js";

const ROUNDS = 11;
const BUDGET_MILLISECONDS = 2000;

export type Run =
  | { readonly kind: "none" | "stopped" }
  | { readonly kind: "running"; readonly phase: RunEvent["phase"] }
  | { readonly kind: "done"; readonly backend: BackendId; readonly result: RunResult }
  | { readonly kind: "failed"; readonly backend: BackendId; readonly failure: unknown };

export const run = signal<Run>({ kind: "none" });

/** Separate from the seed of the other views, whose weights belong to another network. */
export const seed = computed(() => seedOf(`seed:${stateOf("seed", "")}`));

export function chooseSeed(chosen: number): void {
  setState({ seed: String(chosen) });
}

/** The picture as the input of this network. */
export const ownImage = computed((): Image | undefined => {
  const input = analysis.value?.input;
  if (input === undefined || picture.value === undefined) return undefined;
  return toImage(fitPicture(picture.value, input), input.channels, isInverted.value);
});

/** The network to run. */
export const ownNetwork = computed((): NetworkChoice => ({
  model: "own",
  layers: text.value,
  weights: { kind: "seed", seed: seed.value },
}));

export const canRun = computed(() => isSound.value && ownImage.value !== undefined);

/** More numbers than this are not treated as classes; ranking them would be slow. */
export const MOST_CLASSES = 100_000;

/** Whether the network's output can be ranked and judged as classes. */
export const hasClasses = computed(() => {
  const [, classes, ...more] = analysis.value?.output ?? [];
  return more.length === 0 && Number(classes) <= MOST_CLASSES;
});

let current: { readonly engine: Engine; readonly controller: AbortController } | undefined;

export async function startRun(): Promise<void> {
  const images = ownImage.value;
  if (images === undefined) return;
  endRun();
  const own = { engine: new Engine(), controller: new AbortController() };
  current = own;
  const id = chosenBackend.value;
  run.value = { kind: "running", phase: "opening" };
  const show = (next: Run): void => void (current === own && (run.value = next));
  try {
    const result = await own.engine.call(
      "run",
      {
        backend: id,
        base: document.baseURI,
        network: ownNetwork.value,
        images,
        warm: { most: ROUNDS, least: 1, budgetMilliseconds: BUDGET_MILLISECONDS },
      },
      { signal: own.controller.signal, onEvent: ({ phase }) => show({ kind: "running", phase }) },
    );
    show({ kind: "done", backend: id, result });
  } catch (failure) {
    show(isAborted(failure) ? { kind: "stopped" } : { kind: "failed", backend: id, failure });
  } finally {
    own.engine.end();
  }
}

export function stopRun(): void {
  current?.controller.abort();
}

/** Stops the run and drops its results, because the network has changed. */
export function endRun(): void {
  current?.engine.end();
  current = undefined;
  run.value = { kind: "none" };
}
