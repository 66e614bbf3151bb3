import type { PictureSize } from "../picture.js";
import { blocksOf, findBlock } from "./blocks.js";
import { gifFrame } from "./gif/gif-frame.js";
import type { PictureFormat } from "./picture-format.js";

/**
 * The size that a file's header claims, before anything is allocated for it; `undefined` if no header is found.
 *
 * Sources: ITU T.81, B.2.2; PNG specification, 11.2.1; RFC 6386, 9.1, and RFC 9649; GIF89a specification, section 18.
 */
export function claimedSize(format: PictureFormat, bytes: Uint8Array): PictureSize | undefined {
  switch (format) {
    case "jpeg":
      return jpegFrame(bytes);
    case "png":
      return pngHeader(bytes);
    case "webp":
      return webpSize(bytes);
    case "gif":
      return gifFrame(bytes)?.canvas;
  }
}

/**
 * The most pixels that a file of this length can have, so that nothing is allocated for a header that claims more: deflate expands
 * a byte to 1032 at most, a JPEG spends at least one bit on each block of 64 in some component, and a code of GIF's 12 bits stands
 * for 3838 pixels at most; a GIF's screen may be larger than its frame, within reason.
 */
export function mostPixels(format: PictureFormat, bytes: Uint8Array): number {
  if (format === "png") {
    const { depth, colourType } = pngHeader(bytes) ?? { depth: 1, colourType: 0 };
    return (bytes.length * 1032 * 8) / (depth * (samplesOf.get(colourType) ?? 1));
  }
  if (format === "gif") return Math.max(LARGEST_EMPTY_SCREEN, (bytes.length * 8 * 3838) / 12);
  // Arithmetic coding spends less than a bit.
  return format === "jpeg" && jpegFrame(bytes)?.isHuffman === true ? bytes.length * 8 * 64 : Number.POSITIVE_INFINITY;
}

const LARGEST_EMPTY_SCREEN = 2 ** 22;

/** Of a pixel, by PNG's colour types: grey, RGB, palette, both with alpha. */
const samplesOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

interface JpegFrame extends PictureSize {
  readonly components: number;
  readonly isHuffman: boolean;
}

/** The header of a JPEG's frame. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  // Markers c0 to cf start frames, but c4, c8 and cc have other meanings.
  const frame = findBlock(blocksOf("jpeg", bytes), /^c[0-35-79-bd-f]$/, 6);
  if (frame === undefined) return undefined;
  const { type, data } = frame;
  return {
    width: data.getUint16(3),
    height: data.getUint16(1),
    components: data.getUint8(5),
    isHuffman: /^c[0-3]$/.test(type),
  };
}

interface PngHeader extends PictureSize {
  readonly depth: number;
  readonly colourType: number;
}

/** The header of a PNG. */
export function pngHeader(bytes: Uint8Array): PngHeader | undefined {
  const header = findBlock(blocksOf("png", bytes), /^IHDR$/, 13)?.data;
  if (header === undefined) return undefined;
  const [depth, colourType] = [header.getUint8(8), header.getUint8(9)];
  return { width: header.getUint32(0), height: header.getUint32(4), depth, colourType };
}

function webpSize(bytes: Uint8Array): PictureSize | undefined {
  const block = findBlock(blocksOf("webp", bytes), /^VP8[ LX]$/, 10);
  if (block === undefined) return undefined;
  const { type, data } = block;
  if (type === "VP8X") {
    const extent = (at: number): number => 1 + data.getUint16(at, true) + 65_536 * data.getUint8(at + 2);
    return { width: extent(4), height: extent(7) };
  }
  if (type === "VP8 ") return { width: data.getUint16(6, true) & 0x3fff, height: data.getUint16(8, true) & 0x3fff };
  const bits = data.getUint32(1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}
