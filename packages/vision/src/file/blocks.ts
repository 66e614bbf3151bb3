import type { PictureFormat } from "./picture-format.js";

/** A part of a picture file: a JPEG's segment, a PNG's or a WebP's chunk. */
export interface Block {
  /** The chunk's type, or a JPEG's marker in hexadecimal, such as `e1`. */
  readonly type: string;
  /** What it holds, without its header. */
  readonly data: DataView;
}

/**
 * The parts of a file before its pixels, and after them in formats that skip. A part that is cut off ends the list; nothing is
 * believed but that lengths lie within the file.
 *
 * Sources: ITU T.81, annex B; PNG specification, section 5; WebP container specification.
 */
export function blocksOf(format: PictureFormat, bytes: Uint8Array): Iterable<Block> {
  if (format === "jpeg") return jpegSegments(bytes);
  if (format === "png") return chunks(bytes, { start: 8, lengthFirst: true });
  return format === "webp" ? chunks(bytes, { start: 12, lengthFirst: false }) : [];
}

/** Segments up to the start of the scan. Bytes between segments are skipped, as decoders do. */
function* jpegSegments(bytes: Uint8Array): Generator<Block> {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0 || marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else {
      const length = bytes[at + 2] * 256 + bytes[at + 3];
      if (marker === 0xd9 || marker === 0xda || length < 2 || at + 2 + length > bytes.length) return;
      yield { type: marker.toString(16).padStart(2, "0"), data: viewOf(bytes, at + 4, length - 2) };
      at += 2 + length;
    }
  }
}

/** PNG has length, type, data, checksum; RIFF type, length in little-endian order, data of an even length. */
function* chunks(
  bytes: Uint8Array,
  layout: { readonly start: number; readonly lengthFirst: boolean },
): Generator<Block> {
  const { start, lengthFirst } = layout;
  const view = viewOf(bytes, 0, bytes.length);
  let at = start;
  while (at + 8 <= bytes.length) {
    const length = lengthFirst ? view.getUint32(at) : view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) {
      // Pixels that are cut off still have a header.
      yield { type: textOf(bytes, lengthFirst ? at + 4 : at, 4), data: viewOf(bytes, at + 8, bytes.length - at - 8) };
      return;
    }
    yield { type: textOf(bytes, lengthFirst ? at + 4 : at, 4), data: viewOf(bytes, at + 8, length) };
    at += 8 + length + (lengthFirst ? 4 : length % 2);
  }
}

/** Bytes as characters below 256. */
export function textOf(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function viewOf(bytes: Uint8Array, at: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, length);
}

/** The bytes of a part. */
export function bytesOf({ data }: Block): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The first part of a type that has at least `least` bytes and starts with a text. */
export function findBlock(blocks: Iterable<Block>, type: RegExp, least: number, start = ""): Block | undefined {
  for (const block of blocks) {
    if (type.test(block.type) && block.data.byteLength >= least && textOf(bytesOf(block), 0, start.length) === start)
      return block;
  }
  return undefined;
}
