export type { PairLike } from "./arguments.js";
export type { Children } from "./children.js";
export { concat } from "./concat.js";
export { graphParameters } from "./graph-parameters.js";
export { initParameters, type InitOptions } from "./initialise/init-parameters.js";
export {
  constant,
  initialOr,
  normalWith,
  randomSigns,
  uniformIn,
  uniformWithin,
  type Initializer,
} from "./initialise/initializer.js";
export { kaimingNormal, kaimingUniform, type KaimingOptions } from "./initialise/kaiming.js";
export { schemes, type InitialisationScheme, type SchemeName } from "./initialise/scheme.js";
export { xavierNormal, xavierUniform, type XavierOptions } from "./initialise/xavier.js";
export * from "./layers/activations.js";
export { adaptiveAvgPool2d, type AdaptiveOutputSize } from "./layers/adaptive-avg-pool2d.js";
export { avgPool2d, type AvgPool2dOptions } from "./layers/avg-pool2d.js";
export { batchNorm2d, type BatchNorm2dOptions } from "./layers/batch-norm2d.js";
export { convTranspose2d, type ConvTranspose2dOptions } from "./layers/conv-transpose2d.js";
export { conv2d, type Conv2dOptions } from "./layers/conv2d.js";
export { dropout } from "./layers/dropout.js";
export { flatten } from "./layers/flatten.js";
export { identity } from "./layers/identity.js";
export { layerNorm, type LayerNormOptions } from "./layers/layer-norm.js";
export { lazyLinear, linear, type LinearOptions } from "./layers/linear.js";
export { localResponseNorm, type LocalResponseNormOptions } from "./layers/local-response-norm.js";
export { maxPool2d, type MaxPool2dOptions } from "./layers/max-pool2d.js";
export { permute } from "./layers/permute.js";
export type { PoolOptions } from "./layers/pool-arguments.js";
export { logSoftmax, softmax } from "./layers/softmax.js";
export { upsample, type UpsampleOptions } from "./layers/upsample.js";
export type { GraphOperations, Module, Scope } from "./module.js";
export { poolPads, samePads, type PoolWindow } from "./pads.js";
export * from "./parameter.js";
export { residual } from "./residual.js";
export { sequential } from "./sequential.js";
export { trace, type TracedModule, type TraceOptions } from "./trace.js";
