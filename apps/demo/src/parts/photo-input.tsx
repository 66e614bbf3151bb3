import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { ErrorMessage } from "./error-message.js";
import { FileInput } from "./file-input.js";
import { forCanvas, thumbnailOf } from "./picture.js";
import { PictureView } from "./picture-view.js";
import { choosePicture, picture } from "./subject.js";
import { subjectWords } from "./subject-words.js";

/** Photos are shown no larger than this; the network's input is made of all pixels. */
const LONGEST_SIDE = 640;

/** A photo from a file. */
export function PhotoInput(): VNode {
  const words = subjectWords.value;
  const failed = useSignal<unknown>(undefined);
  const shown = useMemo(
    () => (picture.value === undefined ? undefined : thumbnailOf(picture.value, LONGEST_SIDE)),
    [picture.value],
  );
  const read = async (file: File): Promise<void> => {
    failed.value = undefined;
    try {
      const { readPicture } = await import("@isoconv/vision/page");
      choosePicture("photo", forCanvas(await readPicture(file.name, file)));
    } catch (error) {
      failed.value = error;
    }
  };
  return (
    <>
      <FileInput label={words.choosePhoto} accept="image/*" onFile={(file) => void read(file)} />
      {failed.value !== undefined && <ErrorMessage error={failed.value} />}
      {shown !== undefined && (
        <div class="photo">
          <PictureView picture={shown} />
        </div>
      )}
    </>
  );
}
