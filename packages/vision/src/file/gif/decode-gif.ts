import type { Picture } from "../../picture.js";
import { gifFrame, type GifFrame } from "./gif-frame.js";
import { unpackIndices } from "./unpack-indices.js";

/**
 * The first frame of a GIF, as Pillow reads it: transparent pixels keep their colour. Libraries make them black, and some
 * browsers apply colour profiles.
 *
 * @throws Error if the file is cut off or damaged
 */
export function decodeGif(bytes: Uint8Array): Picture {
  const frame = gifFrame(bytes);
  if (frame === undefined) throw new Error("no frame");
  const { canvas, box, palette, transparent } = frame;
  const hasAlpha = transparent !== undefined;
  const bands = hasAlpha ? 4 : 3;
  const data = new Uint8Array(canvas.width * canvas.height * bands);
  const indices = onCanvas(frame, unpackIndices(bytes, frame.dataStart, box.width * box.height));
  for (let pixel = 0, at = 0; pixel < indices.length; pixel += 1, at += bands) {
    const index = indices[pixel];
    data[at] = palette[3 * index];
    data[at + 1] = palette[3 * index + 1];
    data[at + 2] = palette[3 * index + 2];
    if (hasAlpha) data[at + 3] = index === transparent ? 0 : 255;
  }
  return { mode: hasAlpha ? "RGBA" : "RGB", ...canvas, data };
}

/** Starts and steps of the rows of an interlaced frame, a pass each. */
const PASSES: readonly (readonly [start: number, step: number])[] = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
];

/** The indices of the whole canvas, row by row. */
function onCanvas({ canvas, box, transparent, isInterlaced }: GifFrame, indices: Uint8Array): Uint8Array {
  const filled = new Uint8Array(canvas.width * canvas.height).fill(transparent ?? 0);
  let read = 0;
  for (const [start, step] of isInterlaced ? PASSES : ([[0, 1]] as const)) {
    for (let row = start; row < box.height; row += step, read += box.width) {
      filled.set(indices.subarray(read, read + box.width), (box.top + row) * canvas.width + box.left);
    }
  }
  return filled;
}
