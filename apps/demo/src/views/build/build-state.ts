import { computed, effect, signal } from "@preact/signals";
import { Engine } from "../../engine/engine.js";
import type { Analysis } from "../../engine/own-network/analyse.js";
import { isAborted } from "../../engine/plain-error.js";
import { setState, stateOf } from "../../route/url-state.js";
import { exampleNames, examples } from "./examples.js";

/** The text as it is typed; the address follows when the reader pauses. */
export const text = signal<string>(examples.lenet);

/** What was last found out, and of which text. */
export const analysed = signal<{ readonly text: string; readonly analysis: Analysis } | undefined>(undefined);
export const failure = signal<unknown>(undefined);

export const analysis = computed(() => analysed.value?.analysis);

/** Whether what is on view is of the text as it stands, and the text a network. */
export const isSound = computed(
  () => analysed.value?.text === text.value && analysed.value.analysis.fault === undefined,
);

export const chosenExample = computed(() => exampleNames.find((name) => examples[name] === text.value));

/** The reader pauses for so long. */
const PAUSE_MILLISECONDS = 250;

/** The text that the address was last known to have. */
let written: string | undefined;

/** Brings the address up to the text. */
export function writeText(): void {
  const typed = text.peek();
  if (typed === written) return;
  written = typed;
  setState({ layers: typed === examples.lenet ? undefined : typed });
}

/** Has the text followed in a worker as it changes, until it is told to stop; the address and the text say the same. */
export function followText(): () => void {
  const engine = new Engine();
  written = undefined;
  const stopReading = effect(() => {
    const asked = stateOf("layers", examples.lenet);
    if (asked !== written) text.value = asked;
    written = asked;
  });
  const stopFollowing = effect(() => {
    const typed = text.value;
    const isFirst = analysed.peek() === undefined;
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        writeText();
        void follow(engine, typed, controller.signal);
      },
      isFirst ? 0 : PAUSE_MILLISECONDS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });
  return () => {
    stopReading();
    stopFollowing();
    // The view may be left before the reader has paused.
    writeText();
    engine.end();
  };
}

async function follow(engine: Engine, typed: string, signal: AbortSignal): Promise<void> {
  if (analysed.peek()?.text === typed) {
    failure.value = undefined;
    return;
  }
  try {
    const found = await engine.call("analyseNetwork", { text: typed }, { signal });
    // It may have been found just before the worker heard that it is not wanted.
    signal.throwIfAborted();
    analysed.value = { text: typed, analysis: found };
    failure.value = undefined;
  } catch (error) {
    if (!isAborted(error)) failure.value = error;
  }
}
