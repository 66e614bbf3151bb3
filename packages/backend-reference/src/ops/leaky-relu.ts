import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = x` if `x ≥ 0`, else `slope · x` */
export const leakyRelu: OracleOp<"leakyRelu"> = ({ x }, { slope }) => mapElements(x, (v) => (v >= 0 ? v : slope * v));
