export * from "./cli/backend-module.js";
export * from "./cli/exit-code.js";
