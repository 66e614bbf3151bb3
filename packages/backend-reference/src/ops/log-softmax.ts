import { gatherLine, linesAlong } from "../lines.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/** `y_i = (x_i − max) − ln Σ_j e^(x_j − max)` along the axis; `M = |x_i − max| + ln Σ_j e^(x_j − max) + 1`. */
export const logSoftmax: OracleOp<"logSoftmax"> = ({ x }, { axis }, { shape, summation = exactSummation }) => {
  const y = zeros(shape);
  const { starts, steps } = linesAlong(shape, [axis]);
  for (const start of starts) {
    const line = gatherLine(x.value, start, steps);
    const max = line.reduce((a, b) => Math.max(a, b), -Infinity);
    const logTotal = Math.log(summation.sum(line.map((element) => Math.exp(element - max))));
    for (const [k, step] of steps.entries()) {
      y.value[start + step] = line[k] - max - logTotal;
      y.magnitude[start + step] = Math.abs(line[k] - max) + logTotal + 1;
    }
  }
  return y;
};
