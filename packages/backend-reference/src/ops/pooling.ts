import { elementCount } from "@isoconv/core-spec";
import { gatherBox } from "../box.js";
import { type OracleTable, zerosWithPartial } from "../oracle-array.js";
import { putMean } from "../put-mean.js";
import { exactSummation } from "../summation.js";

/** Operations on windows, channel by channel. */
export const pooling = {
  /**
   * `y[n,c,i,j] = max_{u,v} x[n,c, i·s₀−top+u·d₀, j·s₁−left+v·d₁]` over the taps on the input, so that padding never wins.
   * `Math.max` gives NaN as soon as one argument is NaN.
   */
  maxPool2d: ({ x }, { kernel, strides, pads, dilations }, { shape }) => {
    const [batch, channels, outHeight, outWidth] = shape;
    const value = new Float64Array(elementCount(shape));
    const buffer = new Float64Array(elementCount(kernel));
    let at = 0;
    for (let plane = 0; plane < batch * channels; plane += 1) {
      for (let i = 0; i < outHeight; i += 1) {
        for (let j = 0; j < outWidth; j += 1) {
          const [top, left] = [i * strides[0] - pads[0], j * strides[1] - pads[1]];
          let largest = -Infinity;
          for (const element of gatherBox(buffer, x, plane, { top, left, extent: kernel, dilations })) {
            largest = Math.max(largest, element);
          }
          value[at] = largest;
          at += 1;
        }
      }
    }
    return { shape, value };
  },

  /** `y[n,c,i,j] = (1/count) Σ_{u,v inside} x[n,c, i·s₀−top+u, j·s₁−left+v]`; count does not include padding. */
  avgPool2d: ({ x }, { kernel, strides, pads }, { shape, summation = exactSummation }) => {
    const [batch, channels, outHeight, outWidth] = shape;
    const y = zerosWithPartial(shape);
    const buffer = new Float64Array(elementCount(kernel));
    let at = 0;
    for (let plane = 0; plane < batch * channels; plane += 1) {
      for (let i = 0; i < outHeight; i += 1) {
        for (let j = 0; j < outWidth; j += 1) {
          const [top, left] = [i * strides[0] - pads[0], j * strides[1] - pads[1]];
          const inside = gatherBox(buffer, x, plane, { top, left, extent: kernel, dilations: [1, 1] });
          putMean(y, at, inside, summation);
          at += 1;
        }
      }
    }
    return y;
  },

  /** `y[n,c,0,0] = (1/(H·W)) Σ_{i,j} x[n,c,i,j]` */
  globalAvgPool2d: ({ x }, _attrs, { shape, summation = exactSummation }) => {
    const [, , height, width] = x.shape;
    const size = height * width;
    const y = zerosWithPartial(shape);
    for (let plane = 0; plane < y.value.length; plane += 1) {
      putMean(y, plane, x.value.subarray(plane * size, (plane + 1) * size), summation);
    }
    return y;
  },

  /** `y[n,c,i,j] = mean of x[n,c,a,b]`, `⌊i·H/oH⌋ ≤ a < ⌈(i+1)·H/oH⌉`, `⌊j·W/oW⌋ ≤ b < ⌈(j+1)·W/oW⌉` */
  adaptiveAvgPool2d: ({ x }, _attrs, { shape, summation = exactSummation }) => {
    const [batch, channels, outHeight, outWidth] = shape;
    const [, , height, width] = x.shape;
    const y = zerosWithPartial(shape);
    const buffer = new Float64Array(height * width);
    let at = 0;
    for (let plane = 0; plane < batch * channels; plane += 1) {
      for (let i = 0; i < outHeight; i += 1) {
        for (let j = 0; j < outWidth; j += 1) {
          const [top, rows] = window(i, height, outHeight);
          const [left, columns] = window(j, width, outWidth);
          const inside = gatherBox(buffer, x, plane, { top, left, extent: [rows, columns], dilations: [1, 1] });
          putMean(y, at, inside, summation);
          at += 1;
        }
      }
    }
    return y;
  },
} satisfies Partial<OracleTable>;

function window(index: number, extent: number, out: number): readonly [start: number, length: number] {
  const start = Math.floor((index * extent) / out);
  return [start, Math.ceil(((index + 1) * extent) / out) - start];
}
