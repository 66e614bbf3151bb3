import { isIsoconvError } from "@isoconv/core-spec";
import { checkFile, START_BYTES } from "@isoconv/weights";
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { ErrorMessage } from "./error-message.js";
import { FileInput } from "./file-input.js";
import { drawCover } from "./picture.js";
import { PictureView } from "./picture-view.js";
import { choosePicture, picture } from "./subject.js";
import { subjectWords } from "./subject-words.js";

/** Photos are scaled down to this: no network of the zoo has a larger input. */
const LONGEST_SIDE = 640;

/** A photo from a file. */
export function PhotoInput(): VNode {
  const words = subjectWords.value;
  const failed = useSignal<unknown>(undefined);
  const read = async (file: File): Promise<void> => {
    failed.value = undefined;
    try {
      const start = new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer());
      checkFile(start, ["png", "jpeg"], { path: file.name, expected: "a picture" });
      const bitmap = await createImageBitmap(file);
      const shrink = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
      const extent = (given: number): number => Math.max(1, Math.round(given * shrink));
      choosePicture("photo", drawCover(bitmap, bitmap, { width: extent(bitmap.width), height: extent(bitmap.height) }));
      bitmap.close();
    } catch (error) {
      failed.value = isIsoconvError(error) ? error : words.notAnImage(file.name);
    }
  };
  return (
    <>
      <FileInput label={words.choosePhoto} accept="image/*" onFile={(file) => void read(file)} />
      {failed.value !== undefined && <ErrorMessage error={failed.value} />}
      {picture.value !== undefined && (
        <div class="photo">
          <PictureView picture={picture.value} />
        </div>
      )}
    </>
  );
}
