import { gatherLine, linesAlong } from "../lines.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/** `y_i = e^(x_i − max) / Σ_j e^(x_j − max)` along the axis; `M = y_i · |x_i − max|`, 0 where `y_i` is. */
export const softmax: OracleOp<"softmax"> = ({ x }, { axis }, { shape, summation = exactSummation }) => {
  const y = zeros(shape);
  const { starts, steps } = linesAlong(shape, [axis]);
  for (const start of starts) {
    const line = gatherLine(x.value, start, steps);
    const max = line.reduce((a, b) => Math.max(a, b), -Infinity);
    const exponentials = line.map((element) => Math.exp(element - max));
    const total = summation.sum(exponentials);
    for (const [k, step] of steps.entries()) {
      const result = exponentials[k] / total;
      y.value[start + step] = result;
      y.magnitude[start + step] = result === 0 ? 0 : result * Math.abs(line[k] - max);
    }
  }
  return y;
};
