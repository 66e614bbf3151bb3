import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = max(x, 0)`; `Math.max` keeps NaN. */
export const relu: OracleOp<"relu"> = ({ x }) => mapElements(x, (v) => Math.max(v, 0));
