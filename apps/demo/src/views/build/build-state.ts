import { computed, effect, signal } from "@preact/signals";
import { Engine } from "../../engine/engine.js";
import type { Analysis } from "../../engine/own-network/analyse.js";
import { isAborted } from "../../engine/plain-error.js";
import { setState, stateOf } from "../../route/url-state.js";
import { exampleNames, examples } from "./examples.js";

/** The text as it is typed; the address is updated when typing pauses. */
export const text = signal<string>(examples.lenet);

/** The last analysis and the text that it belongs to. */
export const analysed = signal<{ readonly text: string; readonly analysis: Analysis } | undefined>(undefined);
export const failure = signal<unknown>(undefined);

export const analysis = computed(() => analysed.value?.analysis);

/** Whether the analysis belongs to the current text and found no error. */
export const isSound = computed(
  () => analysed.value?.text === text.value && analysed.value.analysis.fault === undefined,
);

export const chosenExample = computed(() => exampleNames.find((name) => examples[name] === text.value));

/** Milliseconds without typing that count as a pause. */
const PAUSE_MILLISECONDS = 250;

/** The text last seen in the address. */
let written: string | undefined;

/** Writes the text into the address. */
export function writeText(): void {
  const typed = text.peek();
  if (typed === written) return;
  written = typed;
  setState({ layers: typed === examples.lenet ? undefined : typed });
}

/** Re-analyses the text in a worker on every edit and keeps the address in step. Returns a function that stops. */
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
    // The reader may leave the view before the pause.
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
    // The result may have been sent just before the worker received the abort.
    signal.throwIfAborted();
    analysed.value = { text: typed, analysis: found };
    failure.value = undefined;
  } catch (error) {
    if (!isAborted(error)) failure.value = error;
  }
}
