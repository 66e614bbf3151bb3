import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { inputSize } from "../engine/network.js";
import { setState } from "../route/url-state.js";
import { Camera } from "./camera.js";
import { DrawingPad } from "./drawing-pad.js";
import { PhotoInput } from "./photo-input.js";
import { toPicture } from "./picture.js";
import { PictureView } from "./picture-view.js";
import { SampleGrid } from "./sample-grid.js";
import { chooseSource, fitted, isInverted, network, normalisation, source, sources, trueClass } from "./subject.js";
import { subjectWords } from "./subject-words.js";
import "./subject.css";

/** Chooses the image that the views work on. */
export function ImageInput(): VNode {
  const words = subjectWords.value;
  return (
    <fieldset class="subject-part">
      <legend>{words.input}</legend>
      <div class="sources" role="radiogroup" aria-label={words.input}>
        {sources.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="image-source"
              value={each}
              checked={each === source.value}
              onChange={() => chooseSource(each)}
            />
            {words.sources[each]}
          </label>
        ))}
      </div>
      <div class="source">
        <div class="given">
          {source.value === "sample" && <SampleGrid />}
          {source.value === "photo" && <PhotoInput />}
          {source.value === "camera" && <Camera />}
          {source.value === "draw" && <DrawingPad />}
        </div>
        <Seen />
      </div>
    </fieldset>
  );
}

/** The image as the network receives it. */
function Seen(): VNode {
  const words = subjectWords.value;
  const { channels, height, width } = inputSize(network.value);
  const shown = useMemo(() => (fitted.value === undefined ? undefined : toPicture(fitted.value)), [fitted.value]);
  const name = trueClass.value;
  return (
    <figure class="seen">
      <div class="frame">
        {shown === undefined ? (
          <span class="faint">{words.nothingYet}</span>
        ) : (
          <PictureView picture={shown} label={words.seen} />
        )}
      </div>
      <figcaption>
        {words.seen}: {words.shape(channels, height, width)}
        <span class="true-class">{name === undefined ? "\u00a0" : words.isA(name)}</span>
      </figcaption>
      <label class="check" title={words.invertHint}>
        <input
          type="checkbox"
          checked={isInverted.value}
          onChange={({ currentTarget }) => setState({ invert: currentTarget.checked ? "1" : undefined })}
        />
        {words.invert}
      </label>
      {normalisation.value !== undefined && (
        <small class="faint">{words.normalised(normalisation.value.mean, normalisation.value.std)}</small>
      )}
      {channels === 1 && <small class="faint">{words.invertHint}</small>}
    </figure>
  );
}
