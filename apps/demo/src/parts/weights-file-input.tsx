import { weightsFormats } from "@isoconv/weights";
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import type { Tasks } from "../engine/protocol.js";
import { ErrorMessage } from "./error-message.js";
import { FileInput } from "./file-input.js";
import { chooseWeights, givenWeights, network } from "./subject.js";
import { subjectWords } from "./subject-words.js";
import { useReading } from "./use-reading.js";

const extensions = weightsFormats.flatMap((format) => format.extensions);

type Progress = Tasks["checkpoint"]["event"];

/** Reads a file of weights, or the files of a model in parts, and selects the network that it fits. */
export function WeightsFileInput(): VNode {
  const words = subjectWords.value;
  const { name, failure, read } = useReading();
  const progress = useSignal<Progress | undefined>(undefined);
  const readFiles = (files: readonly [File, ...File[]]): Promise<void> =>
    read(files[0].name, async (engine, signal) => {
      progress.value = undefined;
      const { model, size } = network.peek();
      const given = { wanted: { model, size }, files: files.map((file) => ({ name: file.name, file })) };
      const onEvent = (event: Progress): void => void (progress.value = event);
      chooseWeights(await engine.call("checkpoint", given, { signal, onEvent }));
    });
  return (
    <>
      <FileInput
        label={words.chooseFile(extensions.join(", "))}
        accept={extensions.join(",")}
        isMultiple
        onFiles={(files) => void readFiles(files)}
      />
      <p class="faint" aria-live="polite">
        {name.value === undefined ? <Chosen /> : words.reading(name.value)}
        {name.value !== undefined && progress.value !== undefined && (
          <progress aria-label={words.reading(name.value)} value={progress.value.loaded} max={progress.value.total} />
        )}
      </p>
      {failure.value !== undefined && <ErrorMessage error={failure.value} />}
    </>
  );
}

/** The name of the chosen file, and what it fits. */
function Chosen(): VNode {
  const words = subjectWords.value;
  const { weights, model } = network.value;
  if (weights.kind !== "file") return <>{words.noFile}</>;
  return <>{words.fits(weights.files.name, model, givenWeights.value?.counts.classes ?? 0)}</>;
}
