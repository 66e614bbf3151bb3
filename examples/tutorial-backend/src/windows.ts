import type { Attrs } from "@isoconv/core-spec";
import { pad2d } from "./movement.js";
import { value, type Kernel, type Value } from "./value.js";

/** Math.min and Math.max give NaN for NaN, as the registry requires. */
export function activate(y: number, activation: Attrs<"conv2d">["activation"]): number {
  return activation === "none" ? y : Math.min(Math.max(y, 0), activation === "relu6" ? 6 : Infinity);
}

type Sliding = Pick<Attrs<"maxPool2d">, "strides" | "pads" | "dilations">;

/**
 * For each window along an axis, its taps on a tensor of `extent`, and their positions; taps in the padding are left
 * out.
 */
function tapsOf(axis: 0 | 1, windows: number, kernel: number, extent: number, attrs: Sliding) {
  return Array.from({ length: windows }, (_, window) => {
    const start = window * attrs.strides[axis] - attrs.pads[axis];
    return Array.from({ length: kernel }, (_, tap) => ({ tap, place: start + tap * attrs.dilations[axis] })).filter(
      ({ place }) => place >= 0 && place < extent,
    );
  });
}

export const conv2d: Kernel<"conv2d"> = ({ x: unpadded, w, bias }, attrs, site) => {
  const { pads } = attrs;
  const [batch, channels, rowsGiven, columnsGiven] = unpadded.shape;
  const [outChannels, inChannels, kernelHeight, kernelWidth] = w.shape;
  const [, , outHeight, outWidth] = site.shape;
  // Zeros are really added: 0 · ∞ is NaN, so an infinite weight must be multiplied by them.
  const [height, width] = [pads[0] + rowsGiven + pads[2], pads[1] + columnsGiven + pads[3]];
  const x = pad2d({ x: unpadded }, { pads, value: 0 }, { ...site, shape: [batch, channels, height, width] });
  const rows = tapsOf(0, outHeight, kernelHeight, height, { ...attrs, pads: [0, 0, 0, 0] });
  const columns = tapsOf(1, outWidth, kernelWidth, width, { ...attrs, pads: [0, 0, 0, 0] });
  const y = value(site.shape);
  let k = 0;
  for (let n = 0; n < batch; n += 1)
    for (let o = 0; o < outChannels; o += 1) {
      const first = n * channels + Math.floor(o / (outChannels / attrs.groups)) * inChannels;
      for (const row of rows)
        for (const column of columns) {
          // JavaScript's numbers are float64: sums lose almost nothing before they are stored as float32.
          let sum = bias === undefined ? 0 : bias.data[o];
          for (let c = 0; c < inChannels; c += 1)
            for (const u of row) {
              const xRow = ((first + c) * height + u.place) * width;
              const wRow = ((o * inChannels + c) * kernelHeight + u.tap) * kernelWidth;
              for (const v of column) sum += x.data[xRow + v.place] * w.data[wRow + v.tap];
            }
          y.data[k++] = activate(sum, attrs.activation);
        }
    }
  return y;
};

export const convTranspose2d: Kernel<"convTranspose2d"> = ({ x, w, bias }, attrs, { shape }) => {
  const [batch, channels, height, width] = x.shape;
  const [, perGroup, kernelHeight, kernelWidth] = w.shape;
  const [, outChannels, outHeight, outWidth] = shape;
  const rows = tapsOf(0, height, kernelHeight, outHeight, attrs);
  const columns = tapsOf(1, width, kernelWidth, outWidth, attrs);
  // Several inputs contribute to one output, so sums stay in float64 until all have been added.
  const plane = outHeight * outWidth;
  const sums = new Float64Array(batch * outChannels * plane);
  if (bias !== undefined) sums.forEach((_, k) => (sums[k] = bias.data[Math.floor(k / plane) % outChannels]));
  for (let n = 0; n < batch; n += 1)
    for (let c = 0; c < channels; c += 1)
      for (let o = 0; o < perGroup; o += 1) {
        const out = n * outChannels + Math.floor(c / (channels / attrs.groups)) * perGroup + o;
        for (const [i, row] of rows.entries())
          for (const u of row)
            for (const [j, column] of columns.entries())
              for (const v of column) {
                const weight = w.data[((c * perGroup + o) * kernelHeight + u.tap) * kernelWidth + v.tap];
                const element = x.data[((n * channels + c) * height + i) * width + j];
                sums[(out * outHeight + u.place) * outWidth + v.place] += element * weight;
              }
      }
  return value(shape, Float32Array.from(sums));
};

/** Reduces the input's elements in each window. */
function pool(
  x: Value,
  attrs: Attrs<"maxPool2d">,
  shape: readonly number[],
  fold: (elements: readonly number[]) => number,
): Value {
  const [, , height, width] = x.shape;
  const [batch, channels, outHeight, outWidth] = shape;
  const rows = tapsOf(0, outHeight, attrs.kernel[0], height, attrs);
  const columns = tapsOf(1, outWidth, attrs.kernel[1], width, attrs);
  const y = value(shape);
  let k = 0;
  for (let plane = 0; plane < batch * channels; plane += 1)
    for (const row of rows)
      for (const column of columns) {
        const at = (u: number, v: number): number => x.data[(plane * height + u) * width + v];
        y.data[k++] = fold(row.flatMap((u) => column.map((v) => at(u.place, v.place))));
      }
  return y;
}

export const maxPool2d: Kernel<"maxPool2d"> = ({ x }, attrs, { shape }) =>
  pool(x, attrs, shape, (elements) => elements.reduce((largest, element) => Math.max(largest, element)));

export const avgPool2d: Kernel<"avgPool2d"> = ({ x }, attrs, { shape }) =>
  pool(x, { ...attrs, dilations: [1, 1] }, shape, (elements) => elements.reduce((a, b) => a + b) / elements.length);
