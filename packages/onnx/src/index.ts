export { int } from "./model/attributes.js";
export { IR_VERSION, OPSET } from "./model/version.js";
export { lowerGraph, type LoweredGraph, type LowerOptions } from "./write/lower-graph.js";
export { MARK } from "./write/names.js";
export type { ExternalData } from "./write/external-data.js";
export { reshapeTarget, type LoweringSite, type OnnxTable, type Operand } from "./write/lowering-site.js";
export { loweringTable } from "./write/table.js";
