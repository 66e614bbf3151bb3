export type { CheckpointOptions, TensorSelection } from "./checkpoint/checkpoint-options.js";
export type { DroppedTensor, DropReason } from "./checkpoint/dropped.js";
export {
  checkpointCounts,
  loadCheckpoint,
  type CheckpointCounts,
  type CheckpointReading,
  type LoadedCheckpoint,
  type RenamedTensor,
} from "./checkpoint/load-checkpoint.js";
export type { NamingName } from "./checkpoint/naming.js";
export { recogniseCheckpoint, type RecognisedCheckpoint } from "./checkpoint/recognise-checkpoint.js";
export { createModel, findModel, type ModelOptions } from "./create-model.js";
export { drawingOf, type DrawingOptions } from "./draw/drawing-of.js";
export type * from "./draw/drawing.js";
export type { Direction } from "./draw/layout/geometry.js";
export { renderSvg, type SvgOptions } from "./draw/render-svg.js";
export type * from "./model.js";
export { denseBlock, transitionBlock } from "./networks/d2l/densenet.js";
export { inception, type InceptionChannels } from "./networks/d2l/googlenet.js";
export { ninBlock, type NinWindow } from "./networks/d2l/nin.js";
export { residualBlock, type ResidualOptions } from "./networks/d2l/resnet.js";
export { d2lVgg, vggBlock, type VggArchitecture } from "./networks/d2l/vgg.js";
export { models } from "./models.js";
export { OWN_FAMILY, ownModel, type OwnModelOptions } from "./own-model.js";
export { imagenetClasses } from "./pretrained/imagenet-classes.js";
export { pretrainedFor, pretrainedWeights, publishedWeights } from "./pretrained/pretrained.js";
export type * from "./pretrained/pretrained-weights.js";
export { formatSummary, type SummaryFormat } from "./summary/format-summary.js";
export * from "./summary/model-summary.js";
export { topClasses, type ScoredClass } from "./top-classes.js";
