import { bandsOf, type PictureMode } from "../picture.js";

/**
 * Samples of 16 bits as bytes, as Pillow reads them: the upper byte of each, but a grey picture without alpha is clipped at 255,
 * because Pillow keeps its samples and clips them in `convert`.
 */
export function bytesOfSamples(samples: Uint16Array, mode: PictureMode): Uint8Array {
  return bandsOf[mode] === 1
    ? Uint8Array.from(samples, (sample) => Math.min(255, sample))
    : Uint8Array.from(samples, (sample) => sample >> 8);
}
