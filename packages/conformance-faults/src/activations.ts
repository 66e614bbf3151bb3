import { type FamilyName } from "@isoconv/conformance";
import { correct, faultOf, mapElements } from "@isoconv/conformance/faults";

const matrix: readonly FamilyName[] = ["matrix", "property"];
const special: readonly FamilyName[] = ["special"];

export const reluDropsNaN = faultOf(
  {
    name: "relu-drops-nan",
    bug: "relu compares with `>` and so turns NaN into 0, but the backend declares IEEE behaviour. max(x, 0) of shaders does this.",
    killedBy: ["special", "probe"],
    ops: ["relu"],
  },
  () => ({ kernels: { relu: ({ x }) => mapElements(x, (value) => (value > 0 ? value : 0)) } }),
);

export const fixedLeakySlope = faultOf(
  {
    name: "fixed-leaky-slope",
    bug: "leakyRelu always uses the slope 0.01: it does not read the attribute.",
    killedBy: matrix,
    ops: ["leakyRelu"],
  },
  () => ({ kernels: { leakyRelu: ({ x }) => mapElements(x, (value) => (value >= 0 ? value : 0.01 * value)) } }),
);

export const preluAlignsLast = faultOf(
  {
    name: "prelu-aligns-last",
    bug: "prelu broadcasts its slopes from the last axis, as ONNX does: wrong for images, correct for features.",
    killedBy: [...matrix, ...special, "exact"],
    ops: ["prelu"],
  },
  () => ({
    kernels: {
      prelu: ({ x, slope: { data } }) =>
        mapElements(x, (value, k) => (value >= 0 ? value : data[k % data.length] * value)),
    },
  }),
);

export const preluMaximum = faultOf(
  {
    name: "prelu-maximum",
    bug: "prelu computes max(x, slope·x): correct for slopes up to 1, wrong above.",
    killedBy: special,
    ops: ["prelu"],
  },
  () => ({
    kernels: {
      prelu: (inputs, attrs, site) => {
        const y = correct.prelu(inputs, attrs, site);
        return mapElements(inputs.x, (value, k) => Math.max(value, y.data[k]));
      },
    },
  }),
);

export const tanhGelu = faultOf(
  {
    name: "tanh-gelu",
    bug: "gelu uses the tanh approximation of BERT and GPT-2, which deviates from the exact formula by 5e-4.",
    killedBy: matrix,
    ops: ["gelu"],
  },
  () => ({
    kernels: {
      gelu: ({ x }) =>
        mapElements(x, (v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))),
    },
  }),
);

export const geluMultipliesFirst = faultOf(
  {
    name: "gelu-multiplies-first",
    bug: "gelu computes x·(1 + erf(x/√2)) before it halves: it returns ∞ from half the largest float32 upwards.",
    killedBy: special,
    ops: ["gelu"],
  },
  () => ({
    kernels: {
      gelu: (inputs, attrs, site) => mapElements(correct.gelu(inputs, attrs, site), (y) => Math.fround(2 * y) / 2),
    },
  }),
);

export const hardSwishMultipliesFirst = faultOf(
  {
    name: "hard-swish-multiplies-first",
    bug: "hardSwish computes x·relu6(x + 3) before it divides by 6, as the MobileNetV3 paper writes it: it returns ∞ for large inputs.",
    killedBy: special,
    ops: ["hardSwish"],
  },
  () => ({
    kernels: {
      hardSwish: ({ x }) => mapElements(x, (v) => Math.fround(v * Math.min(Math.max(v + 3, 0), 6)) / 6),
    },
  }),
);

export const kerasHardSigmoid = faultOf(
  {
    name: "keras-hard-sigmoid",
    bug: "hardSigmoid uses the slope 0.2, ONNX's default, instead of 1/6.",
    killedBy: matrix,
    ops: ["hardSigmoid"],
  },
  () => ({
    kernels: { hardSigmoid: ({ x }) => mapElements(x, (value) => Math.min(Math.max(0.2 * value + 0.5, 0), 1)) },
  }),
);

export const clipIgnoresMax = faultOf(
  {
    name: "clip-ignores-max",
    bug: "clip replaces a range that starts at 0 by relu and ignores the upper limit.",
    killedBy: ["matrix", "special", "exact"],
    ops: ["clip"],
  },
  () => ({
    kernels: {
      clip: ({ x }, { min, max }) =>
        mapElements(x, (value) => (min === 0 ? Math.max(value, 0) : Math.min(Math.max(value, min), max))),
    },
    passes: [],
  }),
);

export const sigmoidOverflows = faultOf(
  {
    name: "sigmoid-overflows",
    bug: "sigmoid computes e^x/(1 + e^x): it returns ∞/∞ = NaN from 89 upwards.",
    killedBy: special,
    ops: ["sigmoid"],
  },
  () => ({
    kernels: {
      sigmoid: ({ x }) =>
        mapElements(x, (value) => {
          const power = Math.fround(Math.exp(value));
          return power / (1 + power);
        }),
    },
  }),
);

export const tanhOverflows = faultOf(
  {
    name: "tanh-overflows",
    bug: "tanh computes (e^2x − 1)/(e^2x + 1): it returns NaN for large inputs.",
    killedBy: special,
    ops: ["tanh"],
  },
  () => ({
    kernels: {
      tanh: ({ x }) =>
        mapElements(x, (value) => {
          const power = Math.fround(Math.exp(2 * value));
          return (power - 1) / (power + 1);
        }),
    },
  }),
);

export const eluIgnoresAlpha = faultOf(
  {
    name: "elu-ignores-alpha",
    bug: "elu always uses α = 1, as runtimes do whose elu has no such argument.",
    killedBy: matrix,
    ops: ["elu"],
  },
  () => ({ kernels: { elu: ({ x }) => mapElements(x, (value) => (value >= 0 ? value : Math.expm1(value))) } }),
);
