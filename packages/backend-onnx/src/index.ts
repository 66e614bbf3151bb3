export { lowerGraph, type LoweredGraph, type LowerOptions } from "./lowering/lower-graph.js";
export type { ExternalData } from "./lowering/parameters.js";
export { IR_VERSION, OPSET } from "./model/version.js";
