import { uniform } from "@isoconv/core-spec";
import { bandsOf, type Picture, type PictureMode } from "./picture.js";
import type { ResizeFilter } from "./resize/filters.js";
import type { Box } from "./resize/resize-picture.js";

// The same draws stand in `tools/vision/draws.py`.

export const modes = ["L", "LA", "RGB", "RGBA"] as const satisfies readonly PictureMode[];
const filters = ["box", "bilinear", "hamming", "bicubic", "lanczos"] as const satisfies readonly ResizeFilter[];

/** Noise on a ramp along both axes; every fourth byte is 0 or 255, so that kernels overshoot. */
export function drawnPicture(name: string, width: number, height: number, mode: PictureMode): Picture {
  const bands = bandsOf[mode];
  const noise = uniform(1, name, width * height * bands, 0, 256);
  const data = new Uint8Array(noise.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let band = 0; band < bands; band += 1, at += 1) {
        const byte = Math.trunc(noise[at]);
        const ramp = (7 * x + 5 * y + 64 * band) & 255;
        data[at] = (byte & 3) !== 0 ? (byte + 3 * ramp) >> 2 : (byte & 4) !== 0 ? 255 : 0;
      }
    }
  }
  return { mode, width, height, data };
}

export interface ResizeCase {
  readonly mode: PictureMode;
  readonly from: readonly [width: number, height: number];
  readonly to: readonly [width: number, height: number];
  readonly filter: ResizeFilter;
  readonly box: Box | undefined;
}

export function resizeCase(index: number): ResizeCase {
  const draw = uniform(1, `resize/${index}`, 12, 0, 1);
  const mode = modes[Math.trunc(draw[0] * 4)];
  const filter = filters[Math.trunc(draw[1] * 5)];
  // Squares make small extents frequent.
  const extent = (value: number): number => 1 + Math.trunc(value * value * 160);
  const from = [extent(draw[2]), extent(draw[3])] as const;
  const to = [draw[6] < 0.1 ? from[0] : extent(draw[4]), draw[6] > 0.9 ? from[1] : extent(draw[5])] as const;
  if (draw[7] >= 0.3) return { mode, from, to, filter, box: undefined };
  // Multiples of 2⁻⁵ are exact in single precision; those of a seventh are not.
  const unit = draw[7] < 0.15 ? 32 : 7;
  const part = (k: number, length: number): number => Math.trunc((draw[k] * length * unit) / 2) / unit;
  const box = [part(8, from[0]), part(9, from[1]), from[0] - part(10, from[0]), from[1] - part(11, from[1])] as const;
  return { mode, from, to, filter, box };
}
