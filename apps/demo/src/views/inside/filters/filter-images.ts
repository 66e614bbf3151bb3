import type { Picture } from "../../../parts/picture.js";
import type { FiltersResult } from "../inside-tasks.js";

/** The largest magnitude of all weights; the colour scale is symmetric and ends there. */
export function largestWeight({ data }: FiltersResult): number {
  return data.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
}

/** A filter over three channels as an RGB picture: mid-grey is zero, black and white are ∓`most`. */
export function filterPicture({ shape, data }: FiltersResult, filter: number, most: number): Picture {
  const [, channels = 0, height = 0, width = 0] = shape;
  const area = height * width;
  const bytes = new Uint8ClampedArray(area * 4).fill(255);
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const weight = data[(filter * channels + channel) * area + pixel] ?? 0;
      bytes[pixel * 4 + channel] = Math.round(127.5 + (127.5 * weight) / (most || 1));
    }
  }
  return { width, height, data: bytes };
}
