export {
  doctor,
  type PageBackendFinding,
  type PageDiagnosis,
  type PageDoctorOptions,
} from "./browser/doctor/doctor.js";
export type { Isolation } from "./browser/doctor/isolation.js";
export { renderPageDiagnosis } from "./browser/doctor/text.js";
export type { WasmFile } from "./browser/doctor/wasm-files.js";
export type { WorkersFinding } from "./browser/doctor/watch-workers.js";
export type { WebGlFinding } from "./browser/doctor/webgl.js";
export { runInPage, type PageBackend, type PageOutcome, type PageRunOptions } from "./browser/run-in-page.js";
