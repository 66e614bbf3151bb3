export { createModel, findModel, type ModelOptions } from "./create-model.js";
export { formatSummary } from "./format-summary.js";
export type * from "./model.js";
export { models } from "./models.js";
export { modelSummary, type ModelSummary, type SummaryRow } from "./summary.js";
export { trainedWeights, type TrainedWeights } from "./trained-weights.js";
