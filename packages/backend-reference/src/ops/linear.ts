import { applyActivation } from "../fused-activation.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/** `y[…,o] = act(Σ_i x[…,i] · w[o,i] + bias[o])` */
export const linear: OracleOp<"linear"> = ({ x, w, bias }, { activation }, { shape, summation = exactSummation }) => {
  const [outFeatures, inFeatures] = w.shape;
  const y = zeros(shape);
  for (let row = 0; row < y.value.length / outFeatures; row += 1) {
    const features = x.value.subarray(row * inFeatures, (row + 1) * inFeatures);
    for (let o = 0; o < outFeatures; o += 1) {
      const offset = bias === undefined ? 0 : bias.value[o];
      summation.dot(y, row * outFeatures + o, w.value, o * inFeatures, features, offset);
    }
  }
  applyActivation(y.value, activation);
  return y;
};
