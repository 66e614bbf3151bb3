import type { Handler, KernelSite, OpName } from "@isoconv/core-spec";
import { size, value, walk, stridesOf, type Value } from "./value.js";

type Kernel<K extends OpName> = Handler<K, Value, KernelSite>;

export const batchNorm: Kernel<"batchNorm"> = ({ x, mean, variance, scale, offset }, { epsilon }, { shape }) => {
  const plane = size(shape.slice(2));
  const normalise = (element: number, k: number): number => {
    const c = Math.floor(k / plane) % shape[1];
    const normalised = (element - mean.data[c]) / Math.sqrt(variance.data[c] + epsilon);
    return normalised * (scale === undefined ? 1 : scale.data[c]) + (offset === undefined ? 0 : offset.data[c]);
  };
  return value(shape, x.data.map(normalise));
};

export const lrn: Kernel<"lrn"> = ({ x }, { size: extent, alpha, beta, bias }, { shape }) => {
  const [, channels, height, width] = shape;
  const plane = height * width;
  const normalise = (element: number, k: number): number => {
    const c = Math.floor(k / plane) % channels;
    const first = Math.max(0, c - Math.floor((extent - 1) / 2));
    const last = Math.min(channels - 1, c + Math.ceil((extent - 1) / 2));
    let squares = 0;
    for (let other = first; other <= last; other += 1) squares += x.data[k + (other - c) * plane] ** 2;
    return element / (bias + (alpha / extent) * squares) ** beta;
  };
  return value(shape, x.data.map(normalise));
};

/** Gives each line along an axis its largest element and the sum of the exponentials below it. */
function alongAxis(x: Value, axis: number, finish: (shifted: number, sum: number) => number): Value {
  const y = value(x.shape);
  const extent = x.shape[axis];
  const step = stridesOf(x.shape)[axis];
  for (let line = 0; line < x.data.length / extent; line += 1) {
    const start = Math.floor(line / step) * step * extent + (line % step);
    let largest = -Infinity;
    for (let i = 0; i < extent; i += 1) largest = Math.max(largest, x.data[start + i * step]);
    let sum = 0;
    for (let i = 0; i < extent; i += 1) sum += Math.exp(x.data[start + i * step] - largest);
    for (let i = 0; i < extent; i += 1) y.data[start + i * step] = finish(x.data[start + i * step] - largest, sum);
  }
  return y;
}

export const softmax: Kernel<"softmax"> = ({ x }, { axis }) =>
  alongAxis(x, axis, (shifted, sum) => Math.exp(shifted) / sum);

export const logSoftmax: Kernel<"logSoftmax"> = ({ x }, { axis }) =>
  alongAxis(x, axis, (shifted, sum) => shifted - Math.log(sum));

export const mean: Kernel<"mean"> = ({ x }, { axes }, { shape }) => {
  const kept = stridesOf(x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)));
  const strides = kept.map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const sums = new Float64Array(size(shape));
  walk(x.shape, strides).forEach((place, k) => (sums[place] += x.data[k]));
  const count = size(axes.map((axis) => x.shape[axis]));
  return value(shape, Float32Array.from(sums.map((sum) => sum / count)));
};
