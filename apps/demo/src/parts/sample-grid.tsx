import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { imageAt } from "../engine/network.js";
import { ErrorMessage } from "./error-message.js";
import { toPicture } from "./picture.js";
import { PictureView } from "./picture-view.js";
import { samplesOf } from "./samples.js";
import { chooseSample, sampleIndex } from "./subject.js";
import { subjectWords } from "./subject-words.js";

/** The sample images as a group of radio buttons, so that arrow keys move through them. */
export function SampleGrid(): VNode {
  const words = subjectWords.value;
  const { loaded, failure } = samplesOf().value;
  const pictures = useMemo(
    () => loaded?.labels.map((_, index) => toPicture(imageAt(loaded.images, index))) ?? [],
    [loaded],
  );
  const [{ dataset, classes, sampleLicence }] = trainedWeights;
  return (
    <>
      <div class="samples" role="radiogroup" aria-label={words.samples}>
        {failure !== undefined && <ErrorMessage error={failure} />}
        {pictures.map((picture, index) => {
          const label = words.sample(index, classes[loaded?.labels[index] ?? -1] ?? "");
          return (
            <label key={index} title={label}>
              <input
                type="radio"
                name="sample"
                aria-label={label}
                checked={index === sampleIndex.value}
                onChange={() => chooseSample(index)}
              />
              <PictureView picture={picture} />
            </label>
          );
        })}
      </div>
      <small class="faint">
        {words.samplesFrom(dataset)}, <a href={sampleLicence.href}>{words.licence}</a>
      </small>
    </>
  );
}
