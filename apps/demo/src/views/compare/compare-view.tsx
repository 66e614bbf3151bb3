import { useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { BackendId } from "../../engine/catalogue.js";
import { words } from "../../i18n/language.js";
import { BackendChoice } from "../../parts/backend-choice.js";
import { comparedBackends, compareOn } from "../../parts/comparison/compared-backends.js";
import { Results } from "../../parts/comparison/results.js";
import { Session, type ComparedNetwork } from "../../parts/comparison/session.js";
import { comparisonWords } from "../../parts/comparison/words.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { ImageInput } from "../../parts/image-input.js";
import { NetworkPicker } from "../../parts/network-picker.js";
import { classNames, image, isInverted, missing, network, samples } from "../../parts/subject.js";
import { allSamples, chosenImage } from "./subjects.js";
import "./compare.css";
import { compareWords } from "./words.js";

/** The view Compare: one network and one image on every backend. */
export function CompareView(): VNode {
  const session = useMemo(() => new Session(), []);
  useEffect(() => () => session.stop(), [session]);
  useSignalEffect(() => {
    // The results shown belong to this network and this image.
    void network.value;
    void isInverted.value;
    session.clear();
  });
  useSignalEffect(() => {
    void image.value;
    session.clearOne();
  });
  const backends = comparedBackends.value;
  const shown = session.shown.value;
  return (
    <div class="compare">
      <h2>{words.value.views.compare}</h2>
      <p>{compareWords.value.intro}</p>
      {!crossOriginIsolated && <p class="notice">{words.value.notIsolated}</p>}
      <div class="setup">
        <NetworkPicker />
        <ImageInput />
        <div>
          <BackendChoice
            label={words.value.backend}
            chosen={backends}
            disabled={shown.isRunning}
            onChange={compareOn}
          />
          <Buttons session={session} backends={backends} isRunning={shown.isRunning} />
          {missing.value?.kind === "failed" && <ErrorMessage error={missing.value.failure} />}
        </div>
      </div>
      <section aria-labelledby="results">
        <h3 id="results">{compareWords.value.results}</h3>
        <Results comparison={shown} backends={backends} classNames={classNames.value} />
      </section>
    </div>
  );
}

interface ButtonsProps {
  readonly session: Session;
  readonly backends: readonly BackendId[];
  readonly isRunning: boolean;
}

/** One button for Run and Stop, so that it keeps the focus. */
function Buttons({ session, backends, isRunning }: ButtonsProps): VNode {
  const isChosen = backends.length > 0;
  const count = samples.value.loaded?.labels.length ?? 100;
  const canRun = isChosen && image.value !== undefined;
  const run = (subject: ComparedNetwork | undefined): void => void (subject && session.run(subject, backends));
  return (
    <div class="controls actions">
      <button
        type="button"
        class="primary"
        disabled={!isRunning && !canRun}
        onClick={() => (isRunning ? session.stop() : run(chosenImage()))}
      >
        {isRunning ? words.value.stop : words.value.run}
      </button>
      {network.value.weights.kind === "trained" && (
        <button
          type="button"
          disabled={isRunning || !isChosen || samples.value.loaded === undefined}
          onClick={() => run(allSamples())}
        >
          {compareWords.value.runAll(count)}
        </button>
      )}
      <span role="status" class="faint">
        {isRunning ? comparisonWords.value.running : isChosen ? missingPicture() : comparisonWords.value.chooseBackends}
      </span>
    </div>
  );
}

/** Says why there is no picture. */
function missingPicture(): string | undefined {
  switch (missing.value?.kind) {
    case "loading":
      return words.value.loading;
    case "none":
      return compareWords.value.choosePicture;
    default:
      return undefined;
  }
}
