export { createBackend, isAvailable } from "./backend.js";
export { computeOracle, evaluateOracle } from "./evaluate-oracle.js";
export type { OracleArray } from "./oracle-array.js";
export { runOracle, type OracleOptions, type OracleResult } from "./run-oracle.js";
