export * from "./faults/base.js";
export * from "./faults/convolve.js";
export { byName, type Fault, type Variant } from "./faults/fault.js";
export * from "./faults/host-array.js";
export { hostMemory, type HostMemory } from "./faults/host-memory.js";
export * from "./faults/lines.js";
export * from "./faults/sums.js";
export * from "./faults/windows.js";
export * from "./faults/wrap.js";
