/** The kinds of pictures, by their first bytes. */
interface PictureKind {
  readonly name: PictureKindName;
  readonly title: string;
  readonly matches: (start: Uint8Array) => boolean;
}

export type PictureKindName =
  "png" | "jpeg" | "webp" | "gif" | "bmp" | "tiff" | "avif" | "heic" | "jpeg-xl" | "jpeg-2000" | "svg";

/** The root element, after the declarations and comments of XML. A page of HTML may have a drawing too. */
const SVG = /^\s*(<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/;

export const pictureKinds: readonly PictureKind[] = [
  { name: "png", title: "a PNG picture", matches: (start) => has(start, "\u0089PNG\r\n\u001a\n") },
  { name: "jpeg", title: "a JPEG picture", matches: (start) => has(start, "\u00ff\u00d8\u00ff") },
  { name: "webp", title: "a WebP picture", matches: (start) => has(start, "RIFF") && has(start, "WEBP", 8) },
  { name: "gif", title: "a GIF picture", matches: (start) => has(start, "GIF87a") || has(start, "GIF89a") },
  { name: "bmp", title: "a BMP picture", matches: (start) => has(start, "BM") && has(start, "\0\0\0\0", 6) },
  { name: "tiff", title: "a TIFF picture", matches: (start) => has(start, "II*\0") || has(start, "MM\0*") },
  { name: "avif", title: "an AVIF picture", matches: (start) => /^avi[fs]$/.test(brandOf(start)) },
  {
    name: "heic",
    title: "a HEIC picture, as telephones take them",
    matches: (start) => /^(hei[cmsx]|mif1)$/.test(brandOf(start)),
  },
  {
    name: "jpeg-xl",
    title: "a JPEG XL picture",
    matches: (start) => has(start, "\u00ff\u000a") || has(start, "JXL ", 4),
  },
  { name: "jpeg-2000", title: "a JPEG 2000 picture", matches: (start) => has(start, "jP  ", 4) },
  { name: "svg", title: "an SVG drawing", matches: (start) => SVG.test(textOf(start, 0, 1024)) },
];

/** Whether the bytes from `at` on are these characters below 256. */
function has(start: Uint8Array, text: string, at = 0): boolean {
  return textOf(start, at, text.length) === text;
}

function textOf(start: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...start.subarray(at, at + length));
}

/** The brand of a file of ISO's base media format. */
function brandOf(start: Uint8Array): string {
  return has(start, "ftyp", 4) ? textOf(start, 8, 4) : "";
}
