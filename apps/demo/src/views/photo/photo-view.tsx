import { imagenetClasses } from "@isoconv/zoo";
import { useSignal, useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { words as shell } from "../../i18n/language.js";
import { BackendSelect } from "../../parts/backend-select.js";
import { Guesses } from "../../parts/comparison/answers.js";
import { formatQuantity } from "../../parts/comparison/figures.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { FileInput } from "../../parts/file-input.js";
import "../../parts/halves.css";
import { runtimeText } from "../../parts/runtime-text.js";
import { subjectWords } from "../../parts/subject-words.js";
import { Classifier, type Classification } from "./classification.js";
import { weightsLicence } from "./photo-network.js";
import "./photo.css";
import {
  chooseOwnPhoto,
  choosePhoto,
  packagedPhotos,
  photo,
  photoBackend,
  photosLicence,
  type ShownPhoto,
} from "./photo-state.js";
import { photoWords } from "./words.js";

/** The first view: a photo, and what MobileNetV2 sees on it. */
export function PhotoView(): VNode {
  const classifier = useMemo(() => new Classifier(), []);
  useEffect(() => () => classifier.end(), [classifier]);
  // Nothing else is fetched before the photo is shown.
  const shown = useSignal<string | undefined>(undefined);
  useSignalEffect(() => {
    const [chosen, backend] = [photo.value, photoBackend.value];
    if (shown.value === chosen.address) void classifier.classify(chosen, backend);
  });
  const words = photoWords.value;
  const { address } = photo.value;
  return (
    <div class="photo-view">
      <h2>{words.heading}</h2>
      <p>{words.intro}</p>
      <div class="halves">
        <div class="half">
          <Photograph photo={photo.value} onShown={() => (shown.value = address)} />
          <PhotoChoice />
          <FileInput
            label={subjectWords.value.choosePhoto}
            accept="image/*"
            onFiles={([file]) => chooseOwnPhoto(file)}
          />
        </div>
        <Answer classifier={classifier} />
      </div>
    </div>
  );
}

function Photograph({ photo: given, onShown }: { readonly photo: ShownPhoto; readonly onShown: () => void }): VNode {
  const label = given.kind === "own" ? given.name : given.title;
  return (
    <figure>
      {/* A file that the browser cannot show is refused by the decoder with its reason. */}
      <img key={given.address} src={given.address} alt={label} onLoad={onShown} onError={onShown} />
      <figcaption class="faint">
        {label}
        {given.kind === "packaged" && (
          <>
            {" "}
            · {given.author} · <a href={photosLicence}>{given.terms}</a>
          </>
        )}
      </figcaption>
    </figure>
  );
}

function PhotoChoice(): VNode {
  const chosen = photo.value;
  return (
    <div class="photos" role="radiogroup" aria-label={photoWords.value.photos}>
      {packagedPhotos.map((each) => (
        <label key={each.name}>
          <input type="radio" name="photo" checked={each === chosen} onChange={() => choosePhoto(each)} />
          {each.title}
        </label>
      ))}
    </div>
  );
}

function Answer({ classifier }: { readonly classifier: Classifier }): VNode {
  const words = photoWords.value;
  const failure = useSignal<unknown>(undefined);
  const state = classifier.state.value;
  const open = async (): Promise<void> => {
    failure.value = undefined;
    await classifier.openIn("compare", photo.peek()).catch((error: unknown) => (failure.value = error));
  };
  return (
    <section class="half answer" aria-labelledby="photo-answer">
      <h3 id="photo-answer">{words.answer}</h3>
      <div class="controls">
        <BackendSelect label={shell.value.backend} name="on" chosen={photoBackend.value} />
      </div>
      <p role="status" class="faint">
        {statusOf(state)}
      </p>
      {state.phase === "failed" && <ErrorMessage error={state.error} />}
      <Guesses logits={state.phase === "done" ? state.logits : undefined} classNames={imagenetClasses} />
      <button type="button" disabled={state.phase !== "done"} onClick={() => void open()}>
        {words.compare}
      </button>
      {failure.value !== undefined && <ErrorMessage error={failure.value} />}
      <p class="faint">
        {words.network} <a href={weightsLicence}>{words.licence}</a>
      </p>
    </section>
  );
}

function statusOf(state: Classification): string {
  const words = photoWords.value;
  switch (state.phase) {
    case "failed":
      return "\u00a0";
    case "done":
      return words.done(formatQuantity(state.milliseconds), runtimeText(state.capabilities));
    default:
      return words.phases[state.phase];
  }
}
