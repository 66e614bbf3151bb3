import type { PictureSize } from "../picture.js";
import { blocksOf, bytesOf, findBlock, textOf } from "./blocks.js";
import { claimedSize } from "./picture-size.js";

/** The first frame of an animated WebP. */
export interface FirstFrame {
  /** A WebP file that has this frame alone. */
  readonly file: Uint8Array;
  /** The size of the animation. */
  readonly canvas: PictureSize;
  /** Where the frame is on it. */
  readonly left: number;
  readonly top: number;
}

/** Bytes of a frame's header: offsets, extents, duration, flags. */
const FRAME_HEADER = 16;

/**
 * The first frame of an animated WebP; `undefined` for a still one. The wasm decoder reads still ones only.
 *
 * Source: WebP container specification, RFC 9649, section 2.7.
 */
export function firstFrame(bytes: Uint8Array): FirstFrame | undefined {
  const frame = findBlock(blocksOf("webp", bytes), /^ANMF$/, FRAME_HEADER);
  const canvas = claimedSize("webp", bytes);
  if (frame === undefined || canvas === undefined) return undefined;
  const word = (at: number): number => frame.data.getUint16(at, true) + 65_536 * frame.data.getUint8(at + 2);
  const content = bytesOf(frame).subarray(FRAME_HEADER);
  // Alpha beside a lossy picture needs the extended header.
  const extended =
    textOf(content, 0, 4) === "ALPH" ? extendedHeader(bytesOf(frame).subarray(6, 12)) : new Uint8Array(0);
  return { file: riff([extended, content]), canvas, left: 2 * word(0), top: 2 * word(3) };
}

/** Of a picture with alpha and these extents, each less 1 in three bytes. */
function extendedHeader(extents: Uint8Array): Uint8Array {
  const ALPHA = 0x10;
  return Uint8Array.of(...latin("VP8X"), 10, 0, 0, 0, ALPHA, 0, 0, 0, ...extents);
}

function riff(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  const file = new Uint8Array(8 + length);
  file.set(latin("RIFF"));
  new DataView(file.buffer).setUint32(4, length, true);
  file.set(latin("WEBP"), 8);
  let at = 12;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
