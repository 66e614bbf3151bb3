import { elementCount } from "@isoconv/core-spec";
import { gatherLine } from "../lines.js";
import { offsetsOf, stridesOf } from "../offsets.js";
import type { OracleTable } from "../oracle-array.js";

/** Operations that move elements or keep them. */
export const movement = {
  /** For every index before the axis: that index's elements of `xs[0]`, of `xs[1]`, …. */
  concat: ({ xs }, { axis }, { shape }) => {
    const value = new Float64Array(elementCount(shape));
    const repeats = elementCount(shape.slice(0, axis));
    let at = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const x of xs) {
        const block = x.value.length / repeats;
        value.set(x.value.subarray(repeat * block, (repeat + 1) * block), at);
        at += block;
      }
    }
    return { shape, value };
  },

  /** `y[…, i, …] = x[…, starts[k] + i, …]` along `axes[k]`, or along axis k where no axes are named. */
  slice: ({ x }, { starts, axes }, { shape }) => {
    const strides = stridesOf(x.shape);
    const corner = starts.reduce((sum, start, k) => sum + start * strides[axes.length === 0 ? k : axes[k]], 0);
    return { shape, value: gatherLine(x.value, corner, offsetsOf(shape, strides)) };
  },

  /** The same elements in row-major order under another shape. */
  reshape: ({ x }, _attrs, { shape }) => ({ shape, value: x.value.slice() }),

  /** The same elements in row-major order, all axes from one on merged. */
  flatten: ({ x }, _attrs, { shape }) => ({ shape, value: x.value.slice() }),

  /** Axis i of y is axis `permutation[i]` of x: y's elements in order, read with x's strides in y's order of axes. */
  transpose: ({ x }, { permutation }, { shape }) => {
    const strides = stridesOf(x.shape);
    const sources = offsetsOf(
      shape,
      permutation.map((axis) => strides[axis]),
    );
    return { shape, value: gatherLine(x.value, 0, sources) };
  },

  /** `y[n,c,i,j] = x[n,c,i−top,j−left]` inside, `value` outside */
  pad2d: ({ x }, { pads: [top, left], value: constant }, { shape }) => {
    const [batch, channels, height, width] = x.shape;
    const [, , outHeight, outWidth] = shape;
    const value = new Float64Array(elementCount(shape)).fill(constant);
    for (let plane = 0; plane < batch * channels; plane += 1) {
      for (let i = 0; i < height; i += 1) {
        const row = x.value.subarray((plane * height + i) * width, (plane * height + i + 1) * width);
        value.set(row, (plane * outHeight + top + i) * outWidth + left);
      }
    }
    return { shape, value };
  },

  /** `y[n,c,i,j] = x[n,c, ⌊i/scales[0]⌋, ⌊j/scales[1]⌋]` */
  upsample: ({ x }, { scales }, { shape }) => {
    const [, , height, width] = x.shape;
    const [batch, channels, outHeight, outWidth] = shape;
    const value = new Float64Array(elementCount(shape));
    let at = 0;
    for (let plane = 0; plane < batch * channels; plane += 1) {
      for (let i = 0; i < outHeight; i += 1) {
        const row = plane * height + Math.floor(i / scales[0]);
        for (let j = 0; j < outWidth; j += 1) {
          value[at] = x.value[row * width + Math.floor(j / scales[1])];
          at += 1;
        }
      }
    }
    return { shape, value };
  },

  /** `y = x`: the inference form. */
  dropout: ({ x }, _attrs, { shape }) => ({ shape, value: x.value.slice() }),
} satisfies Partial<OracleTable>;
