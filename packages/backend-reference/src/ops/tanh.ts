import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = (e^x − e^(−x)) / (e^x + e^(−x))` */
export const tanh: OracleOp<"tanh"> = ({ x }) => mapElements(x, Math.tanh);
