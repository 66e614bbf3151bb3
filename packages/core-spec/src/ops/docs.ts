import type { AnyOpDoc, OpDoc } from "../op.js";
import { adaptiveAvgPool2dDoc } from "./adaptive-avg-pool2d.js";
import { addDoc } from "./add.js";
import { avgPool2dDoc } from "./avg-pool2d.js";
import { batchNormDoc } from "./batch-norm.js";
import { clipDoc } from "./clip.js";
import { concatDoc } from "./concat.js";
import { convTranspose2dDoc } from "./conv-transpose2d.js";
import { conv2dDoc } from "./conv2d.js";
import { dropoutDoc } from "./dropout.js";
import { eluDoc } from "./elu.js";
import { flattenDoc } from "./flatten.js";
import { geluDoc } from "./gelu.js";
import { globalAvgPool2dDoc } from "./global-avg-pool2d.js";
import { hardSigmoidDoc } from "./hard-sigmoid.js";
import { hardSwishDoc } from "./hard-swish.js";
import { layerNormDoc } from "./layer-norm.js";
import { leakyReluDoc } from "./leaky-relu.js";
import { linearDoc } from "./linear.js";
import { logSoftmaxDoc } from "./log-softmax.js";
import { lrnDoc } from "./lrn.js";
import { maxPool2dDoc } from "./max-pool2d.js";
import { meanDoc } from "./mean.js";
import { mulDoc } from "./mul.js";
import { pad2dDoc } from "./pad2d.js";
import { preluDoc } from "./prelu.js";
import { reluDoc } from "./relu.js";
import { reshapeDoc } from "./reshape.js";
import { sigmoidDoc } from "./sigmoid.js";
import { siluDoc } from "./silu.js";
import { sliceDoc } from "./slice.js";
import { softmaxDoc } from "./softmax.js";
import { tanhDoc } from "./tanh.js";
import { transposeDoc } from "./transpose.js";
import { upsampleDoc } from "./upsample.js";
import type { ops } from "./index.js";

/**
 * What the documentation says of each operation. It is apart from `ops`, so that pages that run networks do not carry it.
 */
const docs: { readonly [K in keyof typeof ops]: OpDoc<(typeof ops)[K]> } = {
  conv2d: conv2dDoc,
  convTranspose2d: convTranspose2dDoc,
  linear: linearDoc,
  maxPool2d: maxPool2dDoc,
  avgPool2d: avgPool2dDoc,
  globalAvgPool2d: globalAvgPool2dDoc,
  adaptiveAvgPool2d: adaptiveAvgPool2dDoc,
  batchNorm: batchNormDoc,
  layerNorm: layerNormDoc,
  lrn: lrnDoc,
  softmax: softmaxDoc,
  logSoftmax: logSoftmaxDoc,
  add: addDoc,
  mul: mulDoc,
  relu: reluDoc,
  leakyRelu: leakyReluDoc,
  prelu: preluDoc,
  elu: eluDoc,
  clip: clipDoc,
  sigmoid: sigmoidDoc,
  hardSigmoid: hardSigmoidDoc,
  tanh: tanhDoc,
  silu: siluDoc,
  hardSwish: hardSwishDoc,
  gelu: geluDoc,
  concat: concatDoc,
  slice: sliceDoc,
  reshape: reshapeDoc,
  flatten: flattenDoc,
  transpose: transposeDoc,
  pad2d: pad2dDoc,
  upsample: upsampleDoc,
  mean: meanDoc,
  dropout: dropoutDoc,
};

/** What the documentation says of an operation. */
export function docOf(name: keyof typeof ops): AnyOpDoc {
  return docs[name];
}
