import { gatherLine, linesAlong } from "../lines.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/**
 * `y = scale·(x − μ)/√(σ² + ε) + offset`, with mean and biased variance of each line along the axis, in two passes.
 * `M = |scale|·(|x| + mean|x|)/√(σ² + ε) + |offset|`.
 */
export const layerNorm: OracleOp<"layerNorm"> = (
  { x, scale, offset },
  { axis, epsilon },
  { shape, summation = exactSummation },
) => {
  const y = zeros(shape);
  const { starts, steps } = linesAlong(shape, [axis]);
  for (const start of starts) {
    const line = gatherLine(x.value, start, steps);
    const mean = summation.sum(line) / line.length;
    const absoluteMean = absoluteSum(line) / line.length;
    const variance = summation.sum(line.map((element) => (element - mean) ** 2)) / line.length;
    const deviation = Math.sqrt(variance + epsilon);
    for (const [c, step] of steps.entries()) {
      const gamma = scale === undefined ? 1 : scale.value[c];
      const beta = offset === undefined ? 0 : offset.value[c];
      y.value[start + step] = (gamma * (line[c] - mean)) / deviation + beta;
      y.magnitude[start + step] = (Math.abs(gamma) * (Math.abs(line[c]) + absoluteMean)) / deviation + Math.abs(beta);
    }
  }
  return y;
};
