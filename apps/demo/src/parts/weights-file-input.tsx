import { weightsFormats } from "@isoconv/weights";
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Engine } from "../engine/engine.js";
import { isAborted } from "../engine/plain-error.js";
import { ErrorMessage } from "./error-message.js";
import { FileInput } from "./file-input.js";
import { chooseWeightsFile, network, weightsFile } from "./subject.js";
import { subjectWords } from "./subject-words.js";

const extensions = weightsFormats.flatMap((format) => format.extensions);

/** Reads a file of weights and selects the network that it fits. */
export function WeightsFileInput(): VNode {
  const words = subjectWords.value;
  const reading = useSignal<string | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  const abort = useSignal(new AbortController());
  useEffect(() => () => abort.peek().abort(), [abort]);

  const read = async (file: File): Promise<void> => {
    abort.value.abort();
    abort.value = new AbortController();
    const { signal } = abort.value;
    reading.value = file.name;
    failure.value = undefined;
    const engine = new Engine();
    try {
      const { model, size } = network.peek();
      const found = await engine.call("checkpoint", { wanted: { model, size }, name: file.name, file }, { signal });
      chooseWeightsFile({ name: file.name, file, ...found });
    } catch (error) {
      if (!isAborted(error)) failure.value = error;
    } finally {
      engine.end();
      if (!signal.aborted) reading.value = undefined;
    }
  };

  const chosen = network.value.weights;
  const current =
    reading.value !== undefined
      ? words.reading(reading.value)
      : chosen.kind === "file"
        ? words.fits(chosen.name, network.value.model, weightsFile.value?.counts.classes ?? 0)
        : words.noFile;
  return (
    <>
      <FileInput
        label={words.chooseFile(extensions.join(", "))}
        accept={extensions.join(",")}
        onFile={(file) => void read(file)}
      />
      <p class="faint" aria-live="polite">
        {current}
      </p>
      {failure.value !== undefined && <ErrorMessage error={failure.value} />}
    </>
  );
}
