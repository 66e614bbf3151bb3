import type { KernelTable } from "@isoconv/core-spec";
import {
  type HostArray,
  hostBackend,
  mapElements,
  mapLines,
  mapWindows,
  sequentialDot,
  type Variant,
} from "@isoconv/conformance/faults";
import { layerNormWith, lrnWith, type Moments, softmaxWith, type Steps, sumWith } from "../stepwise.js";

const round = Math.fround;
const single: Steps = { dot: sequentialDot, round };
const sum = sumWith(sequentialDot);

/** The correct backend with some functions computed by another formula, in float32. */
function variantOf(name: string, difference: string, kernels: Partial<KernelTable<HostArray>>): Variant {
  return { name, difference, create: async () => hostBackend(`variant/${name}`, { kernels }) };
}

export const softmaxByExp2 = variantOf("softmax-by-exp2", "softmax raises 2 to (x − max)·log₂ e, as GPUs do.", {
  softmax: softmaxWith(single, (x) => 2 ** round(x * round(Math.LOG2E))),
});

const averageByReciprocal = (terms: Float32Array): number => round(sum(terms) * round(1 / terms.length));

export const averagesByReciprocal = variantOf("averages-by-reciprocal", "Averages are sums times 1/n.", {
  avgPool2d: ({ x }, attrs, site) =>
    mapWindows(x, attrs, site, ({ inside }) => averageByReciprocal(Float32Array.from(inside))),
  globalAvgPool2d: ({ x, x: { data } }, _attrs, { shape }) => {
    const count = x.shape[2] * x.shape[3];
    const means = Float32Array.from({ length: shape[0] * shape[1] }, (_, plane) =>
      averageByReciprocal(data.subarray(plane * count, (plane + 1) * count)),
    );
    return { shape, data: means };
  },
});

export const sigmoidByTanh = variantOf("sigmoid-by-tanh", "sigmoid is (1 + tanh(x/2))/2, and silu x times that.", {
  sigmoid: ({ x }) => mapElements(x, sigmoidOfTanh),
  silu: ({ x }) => mapElements(x, (value) => value * sigmoidOfTanh(value)),
});

function sigmoidOfTanh(x: number): number {
  return round(round(1 + round(Math.tanh(x / 2))) / 2);
}

export const activationsInSteps = variantOf(
  "activations-in-steps",
  "Activations are computed from the exponential in float32, and every step is rounded.",
  {
    sigmoid: ({ x }) => mapElements(x, sigmoid),
    silu: ({ x }) => mapElements(x, (value) => value * sigmoid(value)),
    tanh: ({ x }) => mapElements(x, tanh),
    elu: ({ x }, { alpha }) =>
      mapElements(x, (value) => (value >= 0 ? value : alpha * round(round(Math.exp(value)) - 1))),
    hardSigmoid: ({ x }) => mapElements(x, hardSigmoid),
    hardSwish: ({ x }) => mapElements(x, (value) => value * hardSigmoid(value)),
  },
);

function sigmoid(x: number): number {
  return round(1 / round(1 + round(Math.exp(-x))));
}

/** `1 − 2/(e^2x + 1)`: `e^2x` may overflow, for the quotient is then 0. */
function tanh(x: number): number {
  return round(1 - round(2 / round(round(Math.exp(2 * x)) + 1)));
}

function hardSigmoid(x: number): number {
  return Math.min(Math.max(round(round(x * round(1 / 6)) + 0.5), 0), 1);
}

export const foldedLayerNorm = variantOf(
  "folded-layer-norm",
  "layerNorm is x·s + t with s = scale/√(σ² + ε) and t = offset − μ·s.",
  {
    layerNorm: ({ x, scale, offset }, { axis, epsilon }) =>
      mapLines(x, axis, (line) => {
        const mean = round(sum(line) / line.length);
        const differences = line.map((value) => value - mean);
        const variance = round(sequentialDot(differences, differences, line.length, 0) / line.length);
        const inverse = round(1 / round(Math.sqrt(round(variance + epsilon))));
        return line.map((value, c) => {
          const factor = round((scale?.data[c] ?? 1) * inverse);
          const shift = round((offset?.data[c] ?? 0) - round(mean * factor));
          return round(value * factor) + shift;
        });
      }),
  },
);

/** Welford's method: one pass, in which mean and sum of squares are updated with every element. */
const welford: Moments = (line) => {
  let [mean, squares] = [0, 0];
  for (const [k, value] of line.entries()) {
    const difference = round(value - mean);
    mean = round(mean + round(difference / (k + 1)));
    squares = round(squares + round(difference * round(value - mean)));
  }
  return { mean, variance: round(squares / line.length) };
};

export const welfordVariance = variantOf(
  "welford-variance",
  "layerNorm updates mean and variance with every element, as Welford's method does.",
  { layerNorm: layerNormWith(single, welford) },
);

export const lrnByLogarithm = variantOf("lrn-by-logarithm", "lrn's power is e^(beta·ln base).", {
  lrn: lrnWith(single, (base, exponent) => Math.exp(round(round(exponent) * round(Math.log(base))))),
});
