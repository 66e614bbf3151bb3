import { adaptiveAvgPool2d } from "./adaptive-avg-pool2d.js";
import { add } from "./add.js";
import { avgPool2d } from "./avg-pool2d.js";
import { batchNorm } from "./batch-norm.js";
import { clip } from "./clip.js";
import { concat } from "./concat.js";
import { convTranspose2d } from "./conv-transpose2d.js";
import { conv2d } from "./conv2d.js";
import { dropout } from "./dropout.js";
import { elu } from "./elu.js";
import { flatten } from "./flatten.js";
import { gelu } from "./gelu.js";
import { globalAvgPool2d } from "./global-avg-pool2d.js";
import { hardSigmoid } from "./hard-sigmoid.js";
import { hardSwish } from "./hard-swish.js";
import { layerNorm } from "./layer-norm.js";
import { leakyRelu } from "./leaky-relu.js";
import { linear } from "./linear.js";
import { logSoftmax } from "./log-softmax.js";
import { lrn } from "./lrn.js";
import { maxPool2d } from "./max-pool2d.js";
import { mean } from "./mean.js";
import { mul } from "./mul.js";
import { pad2d } from "./pad2d.js";
import { prelu } from "./prelu.js";
import { relu } from "./relu.js";
import { reshape } from "./reshape.js";
import { sigmoid } from "./sigmoid.js";
import { silu } from "./silu.js";
import { slice } from "./slice.js";
import { softmax } from "./softmax.js";
import { tanh } from "./tanh.js";
import { transpose } from "./transpose.js";
import { upsample } from "./upsample.js";

/** Every operation of isoconv. Types, builder methods, adapters' tables and documentation follow from this record. */
export const ops = {
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
  prelu,
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
} as const;
