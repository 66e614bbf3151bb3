export { drawFaults } from "./draw/draw-faults.js";
export { kinds, type DrawnFault, type Kind, type Witness } from "./draw/drawn-fault.js";
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
export { wilsonInterval, type Interval } from "./score/interval.js";
export { scoreDraws, summariseDraws, type DrawResult, type DrawScore } from "./score/score-draws.js";
export type { Trace } from "./score/trace.js";
