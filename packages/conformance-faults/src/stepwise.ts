import type { KernelTable } from "@isoconv/core-spec";
import {
  conv2dWith,
  convTranspose2dWith,
  type Dot,
  type HostArray,
  type HostKernel,
  linearWith,
  mapElements,
  mapLines,
  mapWindows,
  permuteAxes,
  zeros,
} from "@isoconv/conformance/faults";

/** How a kernel adds, and how it rounds the result of every step. */
export interface Steps {
  readonly dot: Dot;
  readonly round: (value: number) => number;
}

/** Kernels for all operations that add, which round after every step. */
export function stepwiseSums(steps: Steps): Partial<KernelTable<HostArray>> {
  const { dot } = steps;
  const mean = meanWith(steps);
  const meanOfWindow = ({ inside }: { readonly inside: readonly number[] }): number => mean(Float32Array.from(inside));
  return {
    conv2d: conv2dWith(dot),
    convTranspose2d: convTranspose2dWith(dot),
    linear: linearWith(dot),
    avgPool2d: ({ x }, attrs, site) => mapWindows(x, attrs, site, meanOfWindow),
    globalAvgPool2d: ({ x }, _attrs, site) => {
      const [, , height, width] = x.shape;
      const whole = { kernel: [height, width], strides: [1, 1], pads: [0, 0, 0, 0] } as const;
      return mapWindows(x, whole, site, meanOfWindow);
    },
    mean: ({ x }, { axes }, { shape }) => {
      const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
      const { data } = permuteAxes(x, [...kept, ...axes]);
      const y = zeros(shape);
      const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
      for (const k of y.data.keys()) y.data[k] = mean(data.subarray(k * count, (k + 1) * count));
      return y;
    },
    softmax: softmaxWith(steps),
    layerNorm: layerNormWith(steps),
  };
}

/** The sum of some terms. */
export const sumWith =
  (dot: Dot) =>
  (terms: Float32Array): number =>
    dot(terms, new Float32Array(terms.length).fill(1), terms.length, 0);

function meanWith({ dot, round }: Steps): (terms: Float32Array) => number {
  const sum = sumWith(dot);
  return (terms) => round(sum(terms) / terms.length);
}

export function softmaxWith(
  { dot, round }: Steps,
  exponential: (x: number) => number = Math.exp,
): HostKernel<"softmax"> {
  const sum = sumWith(dot);
  return ({ x }, { axis }) =>
    mapLines(x, axis, (line) => {
      const most = line.reduce((a, b) => Math.max(a, b), -Infinity);
      const powers = line.map((value) => round(exponential(round(value - most))));
      const total = sum(powers);
      return powers.map((power) => round(power / total));
    });
}

/** Mean and variance of a line. */
export type Moments = (line: Float32Array) => { readonly mean: number; readonly variance: number };

/** In two passes. */
function momentsWith(steps: Steps): Moments {
  const { dot, round } = steps;
  const meanOf = meanWith(steps);
  return (line) => {
    const mean = meanOf(line);
    const differences = line.map((value) => round(value - mean));
    return { mean, variance: round(dot(differences, differences, line.length, 0) / line.length) };
  };
}

export function layerNormWith(steps: Steps, moments: Moments = momentsWith(steps)): HostKernel<"layerNorm"> {
  const { round } = steps;
  return ({ x, scale, offset }, { axis, epsilon }) =>
    mapLines(x, axis, (line) => {
      const { mean, variance } = moments(line);
      const deviation = round(Math.sqrt(round(variance + round(epsilon))));
      return line.map((value, c) => {
        const normal = round(round(value - mean) / deviation);
        return round(round(normal * (scale?.data[c] ?? 1)) + (offset?.data[c] ?? 0));
      });
    });
}

export function batchNormWith({ round }: Steps): HostKernel<"batchNorm"> {
  return ({ x, mean, variance, scale, offset }, { epsilon }) => {
    const inner = x.shape.slice(2).reduce((product, extent) => product * extent, 1);
    const deviations = variance.data.map((value) => round(Math.sqrt(round(value + round(epsilon)))));
    return mapElements(x, (value, k) => {
      const c = Math.floor(k / inner) % deviations.length;
      const normal = round(round(value - mean.data[c]) / deviations[c]);
      return round(round(normal * (scale?.data[c] ?? 1)) + (offset?.data[c] ?? 0));
    });
  };
}

export function lrnWith(
  { dot, round }: Steps,
  power: (base: number, exponent: number) => number = (base, exponent) => base ** exponent,
): HostKernel<"lrn"> {
  return ({ x }, { size, alpha, beta, bias }) =>
    mapLines(x, 1, (line) =>
      line.map((value, c) => {
        const window = line.subarray(Math.max(0, c - Math.floor((size - 1) / 2)), c + Math.ceil((size - 1) / 2) + 1);
        const base = round(bias + round(round(alpha / size) * dot(window, window, window.length, 0)));
        return round(value / round(power(base, beta)));
      }),
    );
}
