import { recogniseFile, wrongFile } from "@isoconv/weights";

const formats = ["jpeg", "png", "webp", "gif"] as const;

/** A format of pictures that is read. */
export type PictureFormat = (typeof formats)[number];

/** What a picture file is. */
export interface RecognisedPicture {
  readonly format: PictureFormat;
  /** For messages: `a JPEG picture`. */
  readonly title: string;
}

/**
 * The format of a picture, by its first bytes, whatever its name.
 *
 * @param path the file's name, for the message
 * @throws IsoconvError `INVALID_FILE` that says what another file is
 */
export function recognisePicture(path: string, bytes: Uint8Array): RecognisedPicture {
  const kind = recogniseFile(bytes);
  const format = formats.find((each) => each === kind?.name);
  if (kind !== undefined && format !== undefined) return { format, title: kind.title };
  const advised = kind?.isPicture === true ? { ...kind, advice: "Save it as PNG or JPEG" } : kind;
  throw wrongFile(advised, { path, expected: "a JPEG, PNG, WebP or GIF picture" });
}
