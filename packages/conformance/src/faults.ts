export type { Fault, Variant } from "./faults/fault.js";
export { faults } from "./faults/faults.js";
export {
  formatScore,
  scoreFaults,
  type FaultScore,
  type Kill,
  type Score,
  type ScoreOptions,
  type VariantScore,
} from "./faults/score.js";
export { variants } from "./faults/variants.js";
