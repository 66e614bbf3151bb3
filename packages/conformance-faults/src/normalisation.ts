import type { Attrs, Inputs, KernelSite } from "@isoconv/core-spec";
import { correct, faultOf, type HostArray, type HostKernel, mapElements, zeros } from "@isoconv/conformance/faults";

/** batchNorm with another factor than `1/√(variance + epsilon)`. */
function batchNormWith(factor: (variance: number, epsilon: number) => number): HostKernel<"batchNorm"> {
  return ({ x, mean, variance, scale, offset }, { epsilon }) => {
    const channels = x.shape[1];
    const inner = x.shape.slice(2).reduce((product, extent) => product * extent, 1);
    return mapElements(x, (value, k) => {
      const c = Math.floor(k / inner) % channels;
      const normal = (value - mean.data[c]) * factor(variance.data[c], epsilon);
      return normal * (scale?.data[c] ?? 1) + (offset?.data[c] ?? 0);
    });
  };
}

const batchNorm = { killedBy: ["matrix", "property"], ops: ["batchNorm"] } as const;

export const wrongEpsilon = faultOf(
  {
    ...batchNorm,
    name: "wrong-epsilon",
    bug: "batchNorm always uses ε = 1e-3, TensorFlow's default.",
    killedBy: ["matrix", "trap"],
  },
  () => ({ kernels: { batchNorm: batchNormWith((variance) => 1 / Math.sqrt(variance + 1e-3)) }, passes: [] }),
);

export const epsilonOutsideRoot = faultOf(
  { ...batchNorm, name: "epsilon-outside-root", bug: "batchNorm divides by √variance + ε instead of √(variance + ε)." },
  () => ({
    kernels: { batchNorm: batchNormWith((variance, epsilon) => 1 / (Math.sqrt(variance) + epsilon)) },
    passes: [],
  }),
);

export const varianceAsDeviation = faultOf(
  {
    ...batchNorm,
    name: "variance-as-deviation",
    bug: "batchNorm divides by the variance instead of the standard deviation: the square root is missing.",
  },
  () => ({ kernels: { batchNorm: batchNormWith((variance, epsilon) => 1 / (variance + epsilon)) }, passes: [] }),
);

/** `bias + factor · Σ x²` over the channels from `c − below` to `c + above`, to the power `−beta`. */
function lrnWith(
  window: (size: number) => { readonly below: number; readonly above: number },
  factor: (attrs: Attrs<"lrn">) => number,
): HostKernel<"lrn"> {
  return ({ x }, attrs) => {
    const [, channels, height, width] = x.shape;
    const plane = height * width;
    const { below, above } = window(attrs.size);
    return mapElements(x, (value, k) => {
      const c = Math.floor(k / plane) % channels;
      let squares = 0;
      for (let other = Math.max(0, c - below); other <= Math.min(channels - 1, c + above); other += 1) {
        squares += x.data[k + (other - c) * plane] ** 2;
      }
      return value / (attrs.bias + factor(attrs) * squares) ** attrs.beta;
    });
  };
}

export const lrnAlphaUndivided = faultOf(
  {
    name: "lrn-alpha-undivided",
    bug: "lrn does not divide α by the size, like TensorFlow.js.",
    killedBy: ["matrix", "trap"],
    ops: ["lrn"],
  },
  () => ({
    kernels: {
      lrn: lrnWith(
        (size) => ({ below: Math.floor((size - 1) / 2), above: Math.ceil((size - 1) / 2) }),
        ({ alpha }) => alpha,
      ),
    },
  }),
);

export const lrnEvenWindow = faultOf(
  {
    name: "lrn-even-window",
    bug: "For an even size, lrn's window has more channels below than above: PyTorch's convention instead of ONNX's.",
    killedBy: ["matrix", "trap"],
    ops: ["lrn"],
  },
  () => ({
    kernels: {
      lrn: lrnWith(
        (size) => ({ below: Math.ceil((size - 1) / 2), above: Math.floor((size - 1) / 2) }),
        ({ alpha, size }) => alpha / size,
      ),
    },
  }),
);

/** softmax's exponentials and their sum, without a shift. */
function exponentials(x: HostArray, axis: number): { readonly powers: HostArray; readonly sums: HostArray } {
  const extent = x.shape[axis];
  const inner = x.shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const powers = mapElements(x, Math.exp);
  const sums = zeros(x.shape);
  for (let k = 0; k < x.data.length; k += 1) {
    const first = k - (Math.floor(k / inner) % extent) * inner;
    for (let other = 0; other < extent; other += 1) sums.data[k] += powers.data[first + other * inner];
  }
  return { powers, sums };
}

export const softmaxWithoutShift = faultOf(
  {
    name: "softmax-without-shift",
    bug: "softmax does not subtract the maximum: it computes ∞/∞ = NaN from 89 upwards.",
    killedBy: ["special"],
    ops: ["softmax"],
  },
  () => ({
    kernels: {
      softmax: ({ x }, { axis }) => {
        const { powers, sums } = exponentials(x, axis);
        return mapElements(powers, (power, k) => power / sums.data[k]);
      },
    },
  }),
);

export const softmaxLastAxis = faultOf(
  {
    name: "softmax-last-axis",
    bug: "softmax ignores `axis` and sums over the last axis, the only one that the runtime supports.",
    killedBy: ["matrix", "property"],
    ops: ["softmax"],
  },
  () => ({
    kernels: {
      softmax: (inputs: Inputs<"softmax", HostArray>, _attrs: Attrs<"softmax">, site: KernelSite) =>
        correct.softmax(inputs, { axis: inputs.x.shape.length - 1 }, site),
    },
  }),
);

export const logOfSoftmax = faultOf(
  {
    name: "log-of-softmax",
    bug: "logSoftmax computes the logarithm of a float32 softmax: it returns −∞ where the probability underflows.",
    killedBy: ["special"],
    ops: ["logSoftmax"],
  },
  () => ({
    kernels: {
      logSoftmax: (inputs, attrs, site) => mapElements(correct.softmax(inputs, attrs, site), Math.log),
    },
  }),
);
