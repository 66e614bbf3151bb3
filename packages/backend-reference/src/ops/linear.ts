import { applyActivation } from "../fused-activation.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/** `y[…,o] = act(Σ_i x[…,i] · w[o,i] + bias[o])` */
export const linear: OracleOp<"linear"> = ({ x, w, bias }, { activation }, { shape, summation = exactSummation }) => {
  const [outFeatures, inFeatures] = w.shape;
  const y = zeros(shape);
  const rows = y.value.length / outFeatures;
  if (rows === 0) return y;
  for (let o = 0; o < outFeatures; o += 1) {
    const offset = bias === undefined ? 0 : bias.value[o];
    summation.dots(y, o, outFeatures, w.value, o * inFeatures, x.value, rows, offset);
  }
  applyActivation(y.value, activation);
  return y;
};
