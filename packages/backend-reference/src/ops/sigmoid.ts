import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = 1 / (1 + e^(−x))` */
export const sigmoid: OracleOp<"sigmoid"> = ({ x }) => mapElements(x, (v) => 1 / (1 + Math.exp(-v)));
