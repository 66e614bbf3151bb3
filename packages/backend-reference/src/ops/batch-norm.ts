import { elementCount } from "@isoconv/core-spec";
import { zeros, type OracleOp } from "../oracle-array.js";

/**
 * `y = scale·(x − mean)/√(variance + ε) + offset`, with the statistics of each element's channel (axis 1).
 * `M = |scale|·(|x| + |mean|)/√(variance + ε) + |offset|`.
 */
export const batchNorm: OracleOp<"batchNorm"> = ({ x, mean, variance, scale, offset }, { epsilon }, { shape }) => {
  const channels = mean.value.length;
  const size = elementCount(shape.slice(2));
  const y = zeros(shape);
  for (let k = 0; k < y.value.length; k += 1) {
    const c = Math.floor(k / size) % channels;
    const deviation = Math.sqrt(variance.value[c] + epsilon);
    const gamma = scale === undefined ? 1 : scale.value[c];
    const beta = offset === undefined ? 0 : offset.value[c];
    y.value[k] = (gamma * (x.value[k] - mean.value[c])) / deviation + beta;
    y.magnitude[k] = (Math.abs(gamma) * (Math.abs(x.value[k]) + Math.abs(mean.value[c]))) / deviation + Math.abs(beta);
  }
  return y;
};
