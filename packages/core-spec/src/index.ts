export * from "./accuracy.js";
export type { AxisField } from "./analysis/axis-field.js";
export { peakActivations, type PeakActivations } from "./analysis/peak-activations.js";
export { receptiveFields, type ReceptiveField } from "./analysis/receptive-fields.js";
export type {
  Attribute,
  AttributeInput,
  AttributeSchema,
  AttributeValue,
  AttributeValues,
  Pads2d,
  Pair,
} from "./attribute.js";
export { adapterName, type AdapterInfo } from "./backend/adapter-name.js";
export type * from "./backend/backend.js";
export * from "./backend/backend-module.js";
export type * from "./backend/capabilities.js";
export { capabilityChoices, checkCapabilities } from "./backend/capabilities.js";
export { evaluate } from "./backend/evaluate.js";
export { checkAborted, messageOf } from "./backend/failure.js";
export { bindFeeds, type BoundFeeds } from "./backend/feeds.js";
export { fromKernels, type KernelBackendOptions, type ParameterUse, type TensorStore } from "./backend/kernels.js";
export { manageBackend, type Driver, type Program } from "./backend/managed.js";
export { nativeNotes } from "./backend/native-notes.js";
export { nextTask } from "./backend/next-task.js";
export { availabilityOf, loadPeer, peerUnavailable, type Peer, type PeerPackage } from "./backend/peer.js";
export { startWithin, type Start } from "./backend/start/start-limit.js";
export { startWasm, type WasmStart } from "./backend/start/start-wasm.js";
export { isWasmType, wasmProblem, type WasmAnswer } from "./backend/start/wasm-file.js";
export { checkWebAssembly } from "./backend/start/web-assembly.js";
export { SerialQueue } from "./backend/queue.js";
export { roundedProduct, type RoundedProduct } from "./backend/rounded-products.js";
export * from "./backend/roundoffs.js";
export { checkParameters, exposeValues, prepareGraph } from "./backend/prepare.js";
export * from "./backend/table.js";
export { checkFullPrecision, prepareTf32, settleTf32, type CudaArithmetic } from "./backend/tf32.js";
export * from "./cost.js";
export { decompositions, isDecomposable, type DecomposableOp } from "./decompositions/index.js";
export * from "./error.js";
export { formatFloat32 } from "./float32-text.js";
export { graphBuilder, type GraphBuilder, type Value } from "./graph/builder.js";
export * from "./graph/graph.js";
export { graphFromJson, graphToJson, type GraphJson } from "./graph/json.js";
export { lastUses } from "./graph/last-uses.js";
export { printGraph } from "./graph/print.js";
export type { Outputs } from "./graph/outputs.js";
export { selectOutputs } from "./graph/select-outputs.js";
export { integers, pads2d, pair } from "./list-attributes.js";
export { didYouMean, nearestName } from "./nearest-name.js";
export * from "./op.js";
export * from "./operand.js";
export { ops } from "./ops/index.js";
export { inDomain, optionChecks } from "./option-checks.js";
export { checkKeys, checkNoMore, checkOptions, isRecord, type KnownOptions, type OptionCheck } from "./options.js";
export { locateInFolder, locateInPackage, type LocateFile, type PackageFiles } from "./package-files.js";
export { decompose } from "./passes/decompose.js";
export { dropIdentities, isIdentity } from "./passes/drop-identities.js";
export { eliminateDeadNodes } from "./passes/eliminate-dead-nodes.js";
export { foldBatchNorm } from "./passes/fold-batch-norm.js";
export { fuseActivation } from "./passes/fuse-activation.js";
export { defaultPasses, runPasses } from "./passes/index.js";
export type * from "./passes/pass.js";
export { rewriteGraph } from "./passes/rewrite.js";
export * from "./philox.js";
export type { BackendCandidate, Refusal } from "./pick/candidate.js";
export { fastConvolutionLoss, floatAllowance } from "./pick/float-allowance.js";
export type { Judge } from "./pick/judge.js";
export { median } from "./pick/median.js";
export {
  pairedRounds,
  type Clock,
  type Contestant,
  type RoundsOptions,
  type RoundsOutcome,
} from "./pick/paired-rounds.js";
export {
  pickBackend,
  type MeasuredPick,
  type MeasureOptions,
  type PickedBackend,
  type PickOptions,
} from "./pick/pick-backend.js";
export type { Trial } from "./pick/rank.js";
export { isArrayBuffer, isFloat32Array, ownFloat32Array } from "./realm.js";
export * from "./registry.js";
export { formatNumber, render } from "./render.js";
export { choice, flag, float, integer } from "./scalar-attributes.js";
export * from "./shape.js";
export * from "./tensor.js";
export { slide, slidePool, type Window } from "./window.js";
