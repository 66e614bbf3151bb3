import { gatherLine, linesAlong } from "../lines.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/** `y = (1/count) Σ x` over the axes; `keepDims` changes the shape only. */
export const mean: OracleOp<"mean"> = ({ x }, { axes }, { shape, summation = exactSummation }) => {
  const y = zeros(shape);
  const { starts, steps } = linesAlong(x.shape, axes);
  for (const [k, start] of starts.entries()) {
    const line = gatherLine(x.value, start, steps);
    y.value[k] = summation.sum(line) / line.length;
    y.magnitude[k] = absoluteSum(line) / line.length;
  }
  return y;
};
