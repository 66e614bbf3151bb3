import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = x · min(max(x/6 + 1/2, 0), 1)`, `M = |x|·min(|x|/6 + 1/2, 1)` */
export const hardSwish: OracleOp<"hardSwish"> = ({ x }) =>
  mapElements(
    x,
    (v) => v * Math.min(Math.max(v / 6 + 0.5, 0), 1),
    (v) => Math.abs(v) * Math.min(Math.abs(v) / 6 + 0.5, 1),
  );
