import { useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { backendIds, type BackendId } from "../../engine/catalogue.js";
import { words } from "../../i18n/language.js";
import { BackendChoice, backendsOf } from "../../parts/backend-choice.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { ImageInput } from "../../parts/image-input.js";
import { NetworkPicker } from "../../parts/network-picker.js";
import { image, isInverted, missing, network, samples } from "../../parts/subject.js";
import { setState, stateOf } from "../../route/url-state.js";
import { BackendCard } from "./backend-card.js";
import type { Comparison } from "./comparison.js";
import "./compare.css";
import { LatencyChart } from "./latency-chart.js";
import { OracleLine } from "./oracle-line.js";
import { Session } from "./session.js";
import { SummaryLine } from "./summary-line.js";
import { compareWords } from "./words.js";

/** One network and one image on every backend, side by side. */
export function CompareView(): VNode {
  const session = useMemo(() => new Session(), []);
  useEffect(() => () => session.stop(), [session]);
  useSignalEffect(() => {
    // What is shown belongs to these two.
    void network.value;
    void isInverted.value;
    session.clear();
  });
  useSignalEffect(() => {
    void image.value;
    session.clearOne();
  });
  const backends = chosenBackends();
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
            onChange={chooseBackends}
          />
          <Buttons session={session} backends={backends} isRunning={shown.isRunning} />
          {missing.value?.kind === "failed" && <ErrorMessage error={missing.value.failure} />}
        </div>
      </div>
      <Results comparison={shown} backends={backends} />
    </div>
  );
}

function chosenBackends(): readonly BackendId[] {
  return backendsOf(stateOf("backends", backendIds.join(",")));
}

function chooseBackends(chosen: readonly BackendId[]): void {
  setState({ backends: chosen.length === backendIds.length ? undefined : chosen.join(",") });
}

interface ButtonsProps {
  readonly session: Session;
  readonly backends: readonly BackendId[];
  readonly isRunning: boolean;
}

/** Run turns into Stop and back, so that the focus stays where it is. */
function Buttons({ session, backends, isRunning }: ButtonsProps): VNode {
  const view = compareWords.value;
  const isChosen = backends.length > 0;
  const count = samples.value.loaded?.labels.length ?? 100;
  const canRun = isChosen && image.value !== undefined;
  return (
    <div class="controls actions">
      <button
        type="button"
        class="primary"
        disabled={!isRunning && !canRun}
        onClick={() => (isRunning ? session.stop() : void session.compareOne(backends))}
      >
        {isRunning ? words.value.stop : view.run}
      </button>
      {network.value.weights.kind === "trained" && (
        <button
          type="button"
          disabled={isRunning || !isChosen || samples.value.loaded === undefined}
          onClick={() => void session.compareAll(backends)}
        >
          {view.runAll(count)}
        </button>
      )}
      <span role="status" class="faint">
        {isRunning ? view.running : isChosen ? missingPicture() : view.chooseBackends}
      </span>
    </div>
  );
}

/** What there is to wait for or to do where there is no picture. */
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

interface ResultsProps {
  readonly comparison: Comparison;
  readonly backends: readonly BackendId[];
}

function Results({ comparison, backends }: ResultsProps): VNode {
  const { rows, questions, oracle } = comparison;
  return (
    <section aria-labelledby="results">
      <h3 id="results">{compareWords.value.results}</h3>
      <SummaryLine comparison={comparison} />
      <OracleLine oracle={oracle} />
      <div class="cards compared">
        {backends.map((id) => (
          <BackendCard key={id} id={id} row={rows[id]} questions={questions} oracle={oracle} />
        ))}
      </div>
      {backends.length > 0 && <LatencyChart comparison={comparison} backends={backends} />}
    </section>
  );
}
