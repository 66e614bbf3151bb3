export { faults } from "./faults.js";
export {
  formatScore,
  scoreFaults,
  type FaultScore,
  type Kill,
  type Score,
  type ScoreOptions,
  type VariantScore,
} from "./score.js";
export { variants } from "./variants.js";
