export { feedWarnings, type FeedContext, type Normalisation } from "./warnings/feed-warnings.js";
export { resultWarnings } from "./warnings/result-warnings.js";
export { variantWarnings, weightWarnings } from "./warnings/weight-warnings.js";
export type { Warning, WarningCode } from "./warnings/warning.js";
