import { readPictureWith, type Decode, type PictureSource, type ReadPictureOptions } from "./file/read-picture.js";
import { decodeJpeg } from "./page/decode-jpeg.js";
import { decodePng } from "./page/decode-png.js";
import { decodeWebp } from "./page/decode-webp.js";
import type { Picture } from "./picture.js";

export type { PictureSource, ReadPictureOptions } from "./file/read-picture.js";

/**
 * Reads a picture file in a page or a worker: JPEG, PNG, WebP or GIF, the first frame, with the bytes of Pillow's
 * `ImageOps.exif_transpose(Image.open(file)).convert(mode)`. Colour profiles are ignored, as there. Needs the optional peers
 * @jsquash/jpeg, @jsquash/png and @jsquash/webp; the wasm of each is downloaded when a file of its format is first read.
 *
 * @param name of the file, for messages; the first bytes decide the format
 * @throws IsoconvError `INVALID_FILE` for what is no such picture, with what it is, for a damaged one and for one of too many
 *   pixels; `BACKEND_UNAVAILABLE` for a decoder that is not installed or not bundled
 */
export async function readPicture(
  name: string,
  source: PictureSource,
  options: ReadPictureOptions = {},
): Promise<Picture> {
  return readPictureWith(decode, name, source, options);
}

const decoders = { jpeg: decodeJpeg, png: decodePng, webp: decodeWebp } as const;

const decode: Decode = async (format, bytes) => decoders[format](bytes);
