import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = min(max(x/6 + 1/2, 0), 1)`, `M = |x|/6 + 1/2` */
export const hardSigmoid: OracleOp<"hardSigmoid"> = ({ x }) =>
  mapElements(
    x,
    (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1),
    (v) => Math.abs(v) / 6 + 0.5,
  );
