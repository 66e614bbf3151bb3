import type { VNode } from "preact";
import { ErrorMessage } from "./error-message.js";
import { FileInput } from "./file-input.js";
import { PictureView } from "./picture-view.js";
import { choosePicture, thumbnail } from "./subject.js";
import { subjectWords } from "./subject-words.js";
import { useReading } from "./use-reading.js";

/** Photos are shown no larger than this; the network's input is made of all pixels. */
const LONGEST_SIDE = 640;

/** A photo from a file. */
export function PhotoInput(): VNode {
  const words = subjectWords.value;
  const { failure, read } = useReading();
  const readPhoto = ([file]: readonly [File, ...File[]]): Promise<void> =>
    read(file.name, async (engine, signal) => {
      const given = { name: file.name, file, longestSide: LONGEST_SIDE };
      const decoded = await engine.call("picture", given, { signal });
      thumbnail.value = decoded.thumbnail;
      choosePicture("photo", decoded.picture);
    });
  return (
    <>
      <FileInput label={words.choosePhoto} accept="image/*" onFiles={(files) => void readPhoto(files)} />
      {failure.value !== undefined && <ErrorMessage error={failure.value} />}
      {thumbnail.value !== undefined && (
        <div class="photo">
          <PictureView picture={thumbnail.value} />
        </div>
      )}
    </>
  );
}
