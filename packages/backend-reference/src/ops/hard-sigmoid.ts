import { mapElements, type OracleOp } from "../oracle-array.js";

/** `y = min(max(x/6 + 1/2, 0), 1)`, `M = min(|x|/6 + 1/2, 1)`: where `x/6 + 1/2` is larger, its error is clipped away. */
export const hardSigmoid: OracleOp<"hardSigmoid"> = ({ x }) =>
  mapElements(
    x,
    (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1),
    (v) => Math.min(Math.abs(v) / 6 + 0.5, 1),
  );
