import { useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import type { BackendId } from "../../engine/catalogue.js";
import { words as shell } from "../../i18n/language.js";
import { BackendChoice } from "../../parts/backend-choice.js";
import { comparedBackends, compareOn } from "../../parts/comparison/compared-backends.js";
import { idle } from "../../parts/comparison/comparison.js";
import { Results } from "../../parts/comparison/results.js";
import type { Session } from "../../parts/comparison/session.js";
import { comparisonWords } from "../../parts/comparison/words.js";
import { isSound } from "./build-state.js";
import { canRun, hasClasses, ownImage, ownNetwork, run } from "./run-state.js";
import { buildWords } from "./words.js";

/** The same array for all renders, so that unchanged cards are not rendered again. */
const noNames: readonly string[] = [];

/** Runs the network on several backends and compares them with the oracle. */
export function ComparePanel({ session }: { readonly session: Session }): VNode {
  const words = buildWords.value;
  useEffect(() => () => session.stop(), [session]);
  useSignalEffect(() => {
    // The results shown belong to this network and this image.
    void [ownNetwork.value, ownImage.value];
    session.clear();
  });
  const backends = comparedBackends.value;
  const shown = session.shown.value;
  const canCompare = canRun.value && hasClasses.value && backends.length > 0 && run.value.kind !== "running";
  const start = (): void => {
    const images = ownImage.peek();
    if (images !== undefined) {
      void session.run({ questions: { kind: "one" }, network: ownNetwork.peek(), images }, backends);
    }
  };
  return (
    <section aria-labelledby="compare-heading">
      <h3 id="compare-heading">{words.compareHeading}</h3>
      <p>{words.compareIntro}</p>
      <BackendChoice label={words.compareBackends} chosen={backends} disabled={shown.isRunning} onChange={compareOn} />
      <div class="controls">
        <button
          type="button"
          class="primary"
          disabled={!shown.isRunning && !canCompare}
          onClick={() => (shown.isRunning ? session.stop() : start())}
        >
          {shown.isRunning ? shell.value.stop : words.compare}
        </button>
        <span role="status" class="faint">
          {shown.isRunning ? comparisonWords.value.running : obstacle(backends)}
        </span>
      </div>
      {shown !== idle && <Results comparison={shown} backends={backends} classNames={noNames} />}
    </section>
  );
}

/** Why the network cannot be compared. The Run button has its own message. */
function obstacle(backends: readonly BackendId[]): string | undefined {
  if (backends.length === 0) return comparisonWords.value.chooseBackends;
  return isSound.value && !hasClasses.value ? buildWords.value.noClasses : undefined;
}
