import { loadPeer } from "@isoconv/core-spec";
import { rgbOfCmyk } from "./file/cmyk.js";
import { readPictureWith, type Decode, type PictureSource, type ReadPictureOptions } from "./file/read-picture.js";
import { bytesOfSamples } from "./file/sixteen-bits.js";
import type { Picture, PictureMode } from "./picture.js";

export type { PictureSource, ReadPictureOptions } from "./file/read-picture.js";

/**
 * Reads a picture file under Node: JPEG, PNG, WebP or GIF, the first frame, with the bytes of Pillow's
 * `ImageOps.exif_transpose(Image.open(file)).convert(mode)`. Colour profiles are ignored, as there. Needs the optional peer sharp.
 *
 * @param name of the file, for messages; the first bytes decide the format
 * @throws IsoconvError `INVALID_FILE` for what is no such picture, with what it is, for a damaged one and for one of too many
 *   pixels; `BACKEND_UNAVAILABLE` with the command that installs sharp
 */
export async function readPicture(
  name: string,
  source: PictureSource,
  options: ReadPictureOptions = {},
): Promise<Picture> {
  return readPictureWith(decode, name, source, options);
}

const sharpPeer = {
  name: "sharp",
  version: "0.35.5",
  load: async () => (await import("sharp")).default,
};

/** By the count of channels. */
const modes: readonly PictureMode[] = ["L", "LA", "RGB", "RGBA"];

const decode: Decode = async (_format, bytes) => {
  const sharp = await loadPeer(sharpPeer);
  // Pillow accepts bytes between segments, and no file that is cut off. The limit was checked already.
  const image = sharp(bytes, { failOn: "error", ignoreIcc: true, limitInputPixels: false, pages: 1 });
  const { space } = await image.metadata();
  const isDeep = space === "grey16" || space === "rgb16";
  const stored = isDeep || space === "cmyk" ? image.pipelineColourspace(space).toColourspace(space) : image;
  const { data, info } = await stored.raw({ depth: isDeep ? "ushort" : "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (space === "cmyk") return { mode: "RGB", width, height, data: rgbOfCmyk(data) };
  const mode = modes[channels - 1];
  if (!isDeep) return { mode, width, height, data };
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return { mode, width, height, data: bytesOfSamples(samples, mode) };
};
