import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = x` if `x ≥ 0`, else `alpha · (e^x − 1)` */
export const elu: OracleOp<"elu"> = ({ x }, { alpha }) => mapElements(x, (v) => (v >= 0 ? v : alpha * Math.expm1(v)));
