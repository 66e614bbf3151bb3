import type { KernelTable } from "@isoconv/core-spec";
import { adaptiveAvgPool2d } from "./ops/adaptive-avg-pool2d.js";
import { add } from "./ops/add.js";
import { avgPool2d } from "./ops/avg-pool2d.js";
import { batchNorm } from "./ops/batch-norm.js";
import { clip } from "./ops/clip.js";
import { concat } from "./ops/concat.js";
import { convTranspose2d } from "./ops/conv-transpose2d.js";
import { conv2d } from "./ops/conv2d.js";
import { dropout } from "./ops/dropout.js";
import { elu } from "./ops/elu.js";
import { flatten } from "./ops/flatten.js";
import { gelu } from "./ops/gelu.js";
import { globalAvgPool2d } from "./ops/global-avg-pool2d.js";
import { hardSigmoid } from "./ops/hard-sigmoid.js";
import { hardSwish } from "./ops/hard-swish.js";
import { layerNorm } from "./ops/layer-norm.js";
import { leakyRelu } from "./ops/leaky-relu.js";
import { linear } from "./ops/linear.js";
import { logSoftmax } from "./ops/log-softmax.js";
import { lrn } from "./ops/lrn.js";
import { maxPool2d } from "./ops/max-pool2d.js";
import { mean } from "./ops/mean.js";
import { mul } from "./ops/mul.js";
import { pad2d } from "./ops/pad2d.js";
import { relu } from "./ops/relu.js";
import { reshape } from "./ops/reshape.js";
import { sigmoid } from "./ops/sigmoid.js";
import { silu } from "./ops/silu.js";
import { slice } from "./ops/slice.js";
import { softmax } from "./ops/softmax.js";
import { tanh } from "./ops/tanh.js";
import { transpose } from "./ops/transpose.js";
import { upsample } from "./ops/upsample.js";
import type { OracleArray } from "./oracle-array.js";

/** Every operation of the registry in float64: the backend's kernels and the oracle's. */
// jscpd:ignore-start — it names every operation, as the registry does; the type check holds the two together.
export const oracleOps = {
  conv2d,
  convTranspose2d,
  linear,
  maxPool2d,
  avgPool2d,
  globalAvgPool2d,
  adaptiveAvgPool2d,
  batchNorm,
  layerNorm,
  lrn,
  softmax,
  logSoftmax,
  add,
  mul,
  relu,
  leakyRelu,
  elu,
  clip,
  sigmoid,
  hardSigmoid,
  tanh,
  silu,
  hardSwish,
  gelu,
  concat,
  slice,
  reshape,
  flatten,
  transpose,
  pad2d,
  upsample,
  mean,
  dropout,
} as const satisfies KernelTable<OracleArray>;
// jscpd:ignore-end
