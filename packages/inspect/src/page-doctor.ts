export { doctor, type PageBackendFinding, type PageDiagnosis, type PageDoctorOptions } from "./page-doctor/doctor.js";
export type { Isolation } from "./page-doctor/isolation.js";
export { renderPageDiagnosis } from "./page-doctor/render-page-diagnosis.js";
export type { WasmFile } from "./page-doctor/wasm-files.js";
export type { WorkersFinding } from "./page-doctor/watch-workers.js";
export type { WebGlFinding } from "./page-doctor/webgl.js";
