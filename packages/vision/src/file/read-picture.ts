import {
  checkOptions,
  isArrayBuffer,
  IsoconvError,
  isIsoconvError,
  messageOf,
  optionChecks,
  type KnownOptions,
} from "@isoconv/core-spec";
import { convertPicture } from "../convert-picture.js";
import { bandsOf, type Picture, type PictureMode } from "../picture.js";
import { decodeGif } from "./gif/decode-gif.js";
import { orientationOf, upright } from "./orientation.js";
import { recognisePicture, type PictureFormat, type RecognisedPicture } from "./picture-format.js";
import { claimedSize, mostPixels } from "./picture-size.js";

/** The bytes of a picture file: in memory, or a file chosen in a page. */
export type PictureSource = Uint8Array | ArrayBuffer | Blob;

export interface ReadPictureOptions {
  /** What the pixels are converted to; `"RGB"` by default, which networks take. */
  readonly mode?: PictureMode | undefined;
  /**
   * Whether to turn the picture as its EXIF data say; `"upright"` by default. `"stored"` leaves it as it is, as torchvision's
   * `ImageFolder` does.
   */
  readonly orientation?: "upright" | "stored" | undefined;
  /** Pictures of more pixels are refused before they are decoded; 89,478,485 by default, from which on Pillow warns. */
  readonly maxPixels?: number | undefined;
}

const readPictureOptions: KnownOptions<ReadPictureOptions> = {
  known: {
    mode: optionChecks.oneOf(Object.keys(bandsOf)),
    orientation: optionChecks.oneOf(["upright", "stored"]),
    maxPixels: optionChecks.count,
  },
};

const MOST_PIXELS = 89_478_485;

/** Decodes the first frame of a file in a mode that fits it. It throws whatever its library throws. */
export type Decode = (format: Exclude<PictureFormat, "gif">, bytes: Uint8Array) => Promise<Picture>;

/** Reads a picture file; the two hosts differ in their decoders only. */
export async function readPictureWith(
  decode: Decode,
  name: string,
  source: PictureSource,
  options: ReadPictureOptions = {},
): Promise<Picture> {
  checkOptions(options, readPictureOptions);
  const bytes = await bytesOf(name, source);
  const recognised = recognisePicture(name, bytes);
  const { format, title } = recognised;
  checkClaim(name, recognised, bytes, options.maxPixels ?? MOST_PIXELS);
  const decoded = await decodeWith(decode, format, bytes).catch((cause: unknown) => {
    throw isIsoconvError(cause) ? cause : undecodable(name, title, cause);
  });
  const turned = options.orientation === "stored" ? decoded : upright(decoded, orientationOf(format, bytes));
  return convertPicture(turned, options.mode ?? "RGB");
}

/** Refuses what a decoder would allocate too much memory for. */
function checkClaim(path: string, { format, title }: RecognisedPicture, bytes: Uint8Array, maxPixels: number): void {
  const size = claimedSize(format, bytes);
  if (size === undefined || size.width === 0 || size.height === 0) {
    throw new IsoconvError("INVALID_FILE", {
      path,
      what: `the file starts as ${title} and ${size === undefined ? "is cut off in its header" : "has no pixels"}`,
      hint: "Download or save it again",
    });
  }
  const [claimed, pixels] = [`${title} of ${size.width}×${size.height} pixels`, size.width * size.height];
  if (pixels > maxPixels) {
    throw new IsoconvError("INVALID_FILE", {
      path,
      what: `${claimed} is too large`,
      expected: `at most ${maxPixels} pixels`,
      hint: "Make it smaller, or set maxPixels",
    });
  }
  if (pixels > mostPixels(format, bytes)) {
    throw new IsoconvError("INVALID_FILE", {
      path,
      what: `the file starts as ${claimed}, more than its ${bytes.length} bytes can hold`,
      hint: "It is cut off or damaged: download or save it again",
    });
  }
}

async function decodeWith(decode: Decode, format: PictureFormat, bytes: Uint8Array): Promise<Picture> {
  return format === "gif" ? decodeGif(bytes) : decode(format, bytes);
}

function undecodable(path: string, title: string, cause: unknown): IsoconvError {
  return new IsoconvError("INVALID_FILE", {
    path,
    what: `the file starts as ${title} and cannot be decoded (${messageOf(cause)})`,
    hint: "It may be cut off or damaged: download or save it again",
    cause,
  });
}

/** Of a source of bytes. Browsers refuse those of a file that was changed or removed. */
async function bytesOf(path: string, source: PictureSource): Promise<Uint8Array> {
  if (isArrayBuffer(source)) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source;
    // Decoders do not take shared memory.
    return isArrayBuffer(buffer) ? new Uint8Array(buffer, byteOffset, byteLength) : Uint8Array.from(source);
  }
  if (!(source instanceof Blob)) {
    throw new IsoconvError("INVALID_FILE", {
      path,
      what: "not bytes",
      expected: "a Uint8Array, an ArrayBuffer or a Blob",
      received: source,
    });
  }
  try {
    return new Uint8Array(await source.arrayBuffer());
  } catch (cause) {
    throw new IsoconvError("INVALID_FILE", {
      path,
      what: `the file cannot be read (${messageOf(cause)})`,
      hint: "Choose it again; it may have been changed or removed",
      cause,
    });
  }
}
