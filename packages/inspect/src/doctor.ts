export { describeGpu, isSoftware, type GpuFinding, type GpuLike } from "./doctor/describe-gpu.js";
export {
  examineBackend,
  isAsDeclared,
  type AbsentBackend,
  type BackendFinding,
  type ExamineOptions,
  type Patient,
  type ProbeFinding,
  type ThreadsFinding,
  type WorkingBackend,
} from "./doctor/examine-backend.js";
export { wasmFeatures, type WasmFeatures } from "./doctor/wasm-features.js";
