import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = min(max(x, min), max)`; `Math.min` and `Math.max` keep NaN. */
export const clip: OracleOp<"clip"> = ({ x }, { min, max }) => mapElements(x, (v) => Math.min(Math.max(v, min), max));
