import { erfc } from "../erfc.js";
import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = x · Φ(x) = x/2 · erfc(−x/√2)`, `M = |x|`; erfc, because `1 + erf` cancels for negative x. */
export const gelu: OracleOp<"gelu"> = ({ x }) => mapElements(x, (v) => (v / 2) * erfc(-v / Math.SQRT2), Math.abs);
