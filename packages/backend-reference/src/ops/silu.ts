import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = x / (1 + e^(−x))`, `M = |x|` */
export const silu: OracleOp<"silu"> = ({ x }) => mapElements(x, (v) => v / (1 + Math.exp(-v)), Math.abs);
