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

/** Has the text followed in a worker as it changes, until it is told to stop; the address and the text say the same. */
export function followText(): () => void {
  const engine = new Engine();
  let written: string | undefined;
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
        written = typed;
        setState({ layers: typed === examples.lenet ? undefined : typed });
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
    engine.end();
  };
}

async function follow(engine: Engine, typed: string, signal: AbortSignal): Promise<void> {
  try {
    const found = await engine.call("analyseNetwork", { text: typed }, { signal });
    analysed.value = { text: typed, analysis: found };
    failure.value = undefined;
  } catch (error) {
    if (!isAborted(error)) failure.value = error;
  }
}
