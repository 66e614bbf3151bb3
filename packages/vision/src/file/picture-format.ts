import { IsoconvError } from "@isoconv/core-spec";
import { recogniseFile } from "@isoconv/weights";

/** A format of pictures that is read. */
export type PictureFormat = "jpeg" | "png" | "webp" | "gif";

interface Signature {
  readonly title: string;
  readonly matches: (bytes: Uint8Array) => boolean;
}

const formats: Readonly<Record<PictureFormat, Signature>> = {
  jpeg: { title: "a JPEG picture", matches: (bytes) => startsWith(bytes, "\u00ff\u00d8\u00ff") },
  png: { title: "a PNG picture", matches: (bytes) => startsWith(bytes, "\u0089PNG\r\n\u001a\n") },
  webp: { title: "a WebP picture", matches: (bytes) => startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8) },
  gif: { title: "a GIF picture", matches: (bytes) => startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a") },
};

/** Pictures that are told apart to say what they are. */
const others: readonly Signature[] = [
  { title: "a BMP picture", matches: (bytes) => startsWith(bytes, "BM") },
  { title: "a TIFF picture", matches: (bytes) => startsWith(bytes, "II*\0") || startsWith(bytes, "MM\0*") },
  { title: "an AVIF picture", matches: (bytes) => /^avi[fs]$/.test(brandOf(bytes)) },
  { title: "a HEIC picture, as telephones take them", matches: (bytes) => /^(hei[cmsx]|mif1)$/.test(brandOf(bytes)) },
  { title: "a JPEG XL picture", matches: (bytes) => startsWith(bytes, "\u00ff\u000a") || startsWith(bytes, "JXL ", 4) },
  { title: "a JPEG 2000 picture", matches: (bytes) => startsWith(bytes, "jP  ", 4) },
  { title: "an SVG drawing", matches: (bytes) => /<svg[\s>]/.test(textOf(bytes, 0, 1024)) },
];

/**
 * The format of a picture, by its first bytes, whatever its name.
 *
 * @param path the file's name, for the message
 * @throws IsoconvError `INVALID_FILE` that says what another file is
 */
export function pictureFormat(path: string, bytes: Uint8Array): PictureFormat {
  for (const [format, { matches }] of Object.entries(formats)) if (matches(bytes)) return format as PictureFormat;
  const picture = others.find(({ matches }) => matches(bytes));
  const kind = picture ?? recogniseFile(bytes);
  throw new IsoconvError("INVALID_FILE", {
    path,
    what: kind === undefined ? "the first bytes of the file are of no known kind" : `the file is ${kind.title}`,
    expected: "a JPEG, PNG, WebP or GIF picture",
    hint: picture === undefined ? (kind as { advice?: string } | undefined)?.advice : "Save it as PNG or JPEG",
  });
}

/** For messages: `a JPEG picture`. */
export function formatTitle(format: PictureFormat): string {
  return formats[format].title;
}

/** Compares bytes with characters below 256. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return textOf(bytes, at, text.length) === text;
}

/** Bytes as characters below 256. */
export function textOf(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** The brand of a file of ISO's base media format. */
function brandOf(bytes: Uint8Array): string {
  return startsWith(bytes, "ftyp", 4) ? textOf(bytes, 8, 4) : "";
}
