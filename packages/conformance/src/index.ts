export * from "./agreement.js";
export * from "./arithmetic.js";
export * from "./bound.js";
export * from "./check-op.js";
export * from "./end-to-end.js";
export * from "./timing.js";
