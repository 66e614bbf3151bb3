import { value, type Kernel } from "./value.js";
import { activate } from "./windows.js";

export const linear: Kernel<"linear"> = ({ x, w, bias }, { activation }, { shape }) => {
  const [outFeatures, inFeatures] = w.shape;
  const outputOf = (_: unknown, k: number): number => {
    const o = k % outFeatures;
    const row = Math.floor(k / outFeatures) * inFeatures;
    let sum = bias === undefined ? 0 : bias.data[o];
    for (let i = 0; i < inFeatures; i += 1) sum += x.data[row + i] * w.data[o * inFeatures + i];
    return activate(sum, activation);
  };
  return value(shape, value(shape).data.map(outputOf));
};
