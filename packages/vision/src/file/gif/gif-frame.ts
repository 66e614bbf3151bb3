import type { PictureSize } from "../../picture.js";

/** The first frame of a GIF, undecoded. */
export interface GifFrame {
  /** The size of the picture: the screen, or more where the frame does not fit it. */
  readonly canvas: PictureSize;
  readonly box: PictureSize & { readonly left: number; readonly top: number };
  /** Red, green and blue of each index. */
  readonly palette: Uint8Array;
  /** The index that is transparent. */
  readonly transparent: number | undefined;
  readonly isInterlaced: boolean;
  /** Where the compressed indices start. */
  readonly dataStart: number;
}

const [EXTENSION, IMAGE, CONTROL] = [0x21, 0x2c, 0xf9];

/**
 * Finds the first frame; `undefined` if the file ends before its pixels.
 *
 * Source: GIF89a specification, sections 17 to 23.
 */
export function gifFrame(bytes: Uint8Array): GifFrame | undefined {
  const word = (at: number): number => bytes[at] + 256 * bytes[at + 1];
  const screen = { width: word(6), height: word(8) };
  const [globalColours, globalEnd] = tableAt(bytes, 13, bytes[10]);
  let transparent: number | undefined;
  let at = globalEnd;
  while (at + 10 < bytes.length) {
    if (bytes[at] === IMAGE) {
      const box = { left: word(at + 1), top: word(at + 3), width: word(at + 5), height: word(at + 7) };
      const [localColours, dataStart] = tableAt(bytes, at + 10, bytes[at + 9]);
      if (dataStart >= bytes.length) return undefined;
      const canvas = {
        width: Math.max(screen.width, box.left + box.width),
        height: Math.max(screen.height, box.top + box.height),
      };
      const palette = paletteOf(localColours ?? globalColours);
      return { canvas, box, palette, transparent, isInterlaced: (bytes[at + 9] & 0x40) !== 0, dataStart };
    }
    if (bytes[at] === EXTENSION) {
      if (bytes[at + 1] === CONTROL && bytes[at + 2] === 4 && (bytes[at + 3] & 1) === 1) transparent = bytes[at + 6];
      at = subBlocksEnd(bytes, at + 2);
    } else {
      at += 1;
    }
  }
  return undefined;
}

/** A table of colours where the flags say that there is one, and the end of it. */
function tableAt(bytes: Uint8Array, start: number, flags: number): readonly [Uint8Array | undefined, number] {
  if ((flags & 0x80) === 0) return [undefined, start];
  const end = start + 3 * 2 ** ((flags & 7) + 1);
  return [bytes.subarray(start, end), end];
}

/** Indices without a colour are grey, as in Pillow. */
function paletteOf(colours: Uint8Array = new Uint8Array(0)): Uint8Array {
  const palette = Uint8Array.from({ length: 768 }, (_, index) => Math.trunc(index / 3));
  palette.set(colours);
  return palette;
}

/** Past the blocks, each after its length, up to one of length 0. */
function subBlocksEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1;
  return at + 1;
}
