import type { KernelSite, Pads2d, Pair } from "@isoconv/core-spec";
import { zeros, type HostArray } from "./host-array.js";

/** The geometry of sliding windows. */
export interface Windows {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Pads2d;
  readonly dilations?: Pair;
}

/** The elements of one window. */
export interface WindowContents {
  /** The elements on the image, row by row. */
  readonly inside: readonly number[];
  /** The number of taps in the padding. */
  readonly outside: number;
  /** Row and column of the result. */
  readonly at: Pair;
}

/** Computes each element of the result from its window. */
export function mapWindows(
  x: HostArray,
  { kernel, strides, pads, dilations = [1, 1] }: Windows,
  { shape }: Pick<KernelSite, "shape">,
  f: (contents: WindowContents) => number,
): HostArray {
  const y = zeros(shape);
  const [, , height, width] = x.shape;
  const [batch, channels, outHeight, outWidth] = shape;
  let index = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      for (let j = 0; j < outWidth; j += 1) {
        const inside: number[] = [];
        for (let u = 0; u < kernel[0]; u += 1) {
          const row = i * strides[0] - pads[0] + u * dilations[0];
          for (let v = 0; v < kernel[1]; v += 1) {
            const column = j * strides[1] - pads[1] + v * dilations[1];
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            inside.push(x.data[(plane * height + row) * width + column]);
          }
        }
        y.data[index] = f({ inside, outside: kernel[0] * kernel[1] - inside.length, at: [i, j] });
        index += 1;
      }
    }
  }
  return y;
}

/** The largest value; NaN if any is NaN, −∞ for none. */
export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** The largest value by comparison with `>`, which drops NaN. */
export function largestByComparison(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), -Infinity);
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
