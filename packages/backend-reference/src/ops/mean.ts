import { gatherLine, linesAlong } from "../lines.js";
import { zerosWithPartial, type OracleOp } from "../oracle-array.js";
import { putMean } from "../put-mean.js";
import { exactSummation } from "../summation.js";

/** `y = (1/count) Σ x` over the axes; `keepDims` changes the shape only. */
export const mean: OracleOp<"mean"> = ({ x }, { axes }, { shape, summation = exactSummation }) => {
  const y = zerosWithPartial(shape);
  const { starts, steps } = linesAlong(x.shape, axes);
  for (const [k, start] of starts.entries()) {
    putMean(y, k, gatherLine(x.value, start, steps), summation);
  }
  return y;
};
