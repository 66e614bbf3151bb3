import { decomposed, type KernelTable } from "@isoconv/core-spec";
import { linear } from "./dense.js";
import { each, erf, pairwise } from "./elementwise.js";
import { concat, copy, pad2d, slice, transpose, upsample } from "./movement.js";
import { batchNorm, layerNorm, logSoftmax, lrn, mean, softmax } from "./normalisation.js";
import type { Value } from "./value.js";
import { avgPool2d, conv2d, convTranspose2d, maxPool2d } from "./windows.js";

/**
 * One entry per operation. Math.min and Math.max keep NaN; for a NaN `x >= 0` is false and the other branch returns
 * NaN.
 */
export const table: KernelTable<Value> = {
  conv2d,
  convTranspose2d,
  linear,
  maxPool2d,
  avgPool2d,
  globalAvgPool2d: decomposed,
  adaptiveAvgPool2d: decomposed,
  batchNorm,
  layerNorm,
  lrn,
  softmax,
  logSoftmax,
  relu: each((x) => Math.max(x, 0)),
  leakyRelu: each((x, { slope }: { readonly slope: number }) => (x >= 0 ? x : slope * x)),
  prelu: ({ x, slope }, attrs, site) => {
    const slopes = { ...slope, shape: [...slope.shape, ...x.shape.slice(2).map(() => 1)] };
    return pairwise((element, factor) => (element >= 0 ? element : factor * element))({ a: x, b: slopes }, attrs, site);
  },
  elu: each((x, { alpha }: { readonly alpha: number }) => (x >= 0 ? x : alpha * Math.expm1(x))),
  clip: each((x, { min, max }: { readonly min: number; readonly max: number }) => Math.min(Math.max(x, min), max)),
  sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  hardSigmoid: each((x) => Math.min(Math.max(x / 6 + 0.5, 0), 1)),
  tanh: each((x) => Math.tanh(x)),
  silu: decomposed,
  hardSwish: decomposed,
  gelu: each((x) => (x / 2) * (1 + erf(x / Math.SQRT2))),
  add: pairwise((a, b) => a + b),
  mul: pairwise((a, b) => a * b),
  concat,
  slice,
  reshape: copy,
  flatten: copy,
  transpose,
  pad2d,
  upsample,
  dropout: copy,
  mean,
};
