import { useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { words as shell } from "../../i18n/language.js";
import { BackendSelect } from "../../parts/backend-select.js";
import { chosenBackend } from "../../parts/chosen-backend.js";
import { toPicture } from "../../parts/picture.js";
import { PictureView } from "../../parts/picture-view.js";
import { SeedInput } from "../../parts/seed-input.js";
import { SampleGrid } from "../../parts/sample-grid.js";
import { missing } from "../../parts/subject.js";
import { isSound, text } from "./build-state.js";
import { RunOutcome } from "./run-outcome.js";
import { canRun, chooseSeed, endRun, ownImage, run, seed, startRun, stopRun } from "./run-state.js";
import { buildWords } from "./words.js";
import "../../parts/subject.css";

/** Runs the network on one backend, with random weights and a sample image. */
export function RunPanel({ isComparing }: { readonly isComparing: boolean }): VNode {
  const words = buildWords.value;
  const isRunning = run.value.kind === "running";
  useEffect(() => endRun, []);
  useSignalEffect(() => {
    // Results of another network, image or seed are not shown.
    void [text.value, ownImage.value, seed.value];
    endRun();
  });
  return (
    <section class="run" aria-labelledby="run-heading">
      <h3 id="run-heading">{words.runHeading}</h3>
      <p>{words.randomWeights}</p>
      <div class="controls">
        <BackendSelect label={shell.value.backend} name="backend" chosen={chosenBackend.value} disabled={isRunning} />
        <SeedInput seed={seed.value} disabled={isRunning || isComparing} onChange={chooseSeed} />
        {isRunning ? (
          <button type="button" onClick={stopRun}>
            {shell.value.stop}
          </button>
        ) : (
          <button type="button" class="primary" disabled={!canRun.value || isComparing} onClick={() => void startRun()}>
            {shell.value.run}
          </button>
        )}
        {!isSound.value && <span class="faint">{words.cannotRun}</span>}
        {isSound.value && missing.value?.kind === "none" && <span class="faint">{words.noPicture}</span>}
      </div>
      <div class="halves">
        <fieldset class="subject-part half">
          <legend>{words.image}</legend>
          <div class="source">
            <div class="given">
              <SampleGrid />
            </div>
            <Seen />
          </div>
        </fieldset>
        <RunOutcome />
      </div>
    </section>
  );
}

function Seen(): VNode {
  const image = ownImage.value;
  const shown = useMemo(() => (image === undefined ? undefined : toPicture(image)), [image]);
  const [, channels = 0, height = 0, width = 0] = image?.shape ?? [];
  const label = buildWords.value.seen(channels, height, width);
  return (
    <figure class="seen">
      <div class="frame">{shown !== undefined && <PictureView picture={shown} label={label} />}</div>
      <figcaption>{shown === undefined ? "\u00a0" : label}</figcaption>
    </figure>
  );
}
