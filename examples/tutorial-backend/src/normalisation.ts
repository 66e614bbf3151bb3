import { size, stridesOf, value, walk, type Kernel, type Value } from "./value.js";

export const batchNorm: Kernel<"batchNorm"> = ({ x, mean, variance, scale, offset }, { epsilon }, { shape }) => {
  const plane = size(shape.slice(2));
  const normalise = (element: number, k: number): number => {
    const c = Math.floor(k / plane) % shape[1];
    const factor = (scale?.data[c] ?? 1) / Math.sqrt(variance.data[c] + epsilon);
    return (element - mean.data[c]) * factor + (offset?.data[c] ?? 0);
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

/** Applies a function to each line along an axis. */
function alongAxis(x: Value, axis: number, work: (line: Float64Array) => Float64Array): Value {
  const y = value(x.shape);
  const extent = x.shape[axis];
  const step = stridesOf(x.shape)[axis];
  for (let line = 0; line < x.data.length / extent; line += 1) {
    const start = Math.floor(line / step) * step * extent + (line % step);
    const result = work(Float64Array.from({ length: extent }, (_, i) => x.data[start + i * step]));
    for (let i = 0; i < extent; i += 1) y.data[start + i * step] = result[i];
  }
  return y;
}

const sum = (line: Float64Array): number => line.reduce((total, element) => total + element, 0);

/** Logarithms of softmax; the largest element is subtracted first, so that no exponential overflows. */
function logShares(line: Float64Array): Float64Array {
  const largest = line.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = sum(line.map((element) => Math.exp(element - largest)));
  return line.map((element) => element - largest - Math.log(total));
}

export const logSoftmax: Kernel<"logSoftmax"> = ({ x }, { axis }) => alongAxis(x, axis, logShares);
export const softmax: Kernel<"softmax"> = ({ x }, { axis }) =>
  alongAxis(x, axis, (line) => logShares(line).map(Math.exp));

export const layerNorm: Kernel<"layerNorm"> = ({ x, scale, offset }, { axis, epsilon }) =>
  alongAxis(x, axis, (line) => {
    const average = sum(line) / line.length;
    const spread = Math.sqrt(sum(line.map((element) => (element - average) ** 2)) / line.length + epsilon);
    return line.map((element, c) => ((element - average) / spread) * (scale?.data[c] ?? 1) + (offset?.data[c] ?? 0));
  });

export const mean: Kernel<"mean"> = ({ x }, { axes }, { shape }) => {
  const kept = stridesOf(x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)));
  const strides = kept.map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const sums = new Float64Array(size(shape));
  walk(x.shape, strides).forEach((place, k) => (sums[place] += x.data[k]));
  const means = Float32Array.from(sums, (total) => total / (x.data.length / sums.length));
  return value(shape, means);
};
