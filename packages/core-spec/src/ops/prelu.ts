import { rounded } from "../accuracy.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { tensor, vector } from "../operand.js";

export const preluDoc: OpDoc<typeof prelu> = {
  summary: "Rectified linear unit with learned slopes for negative inputs.",
  formula: "y[n,c,…] = x[n,c,…] if x[n,c,…] ≥ 0, else slope[c] · x[n,c,…]",
  notes: [
    "One slope for each channel (axis 1), or one for all. An input without axis 1 takes one slope.",
    "As PyTorch's PReLU. ONNX's PRelu aligns slopes at the last axis instead.",
  ],
  inputs: { x: "Input.", slope: "Factors of negative inputs; finite." },
  attrs: {},
  example: { inputs: { x: ["N", 3, 4, 5], slope: [3] }, attrs: {} },
  bound: "2·|ŷ|",
};

export const prelu = defineOp({
  name: "prelu",
  family: "activation",
  inputs: { x: tensor(), slope: vector("[C] or [1]") },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => true,
  infer({ x, slope: [count] }, _attrs, at) {
    if (count !== 1 && count !== x[1]) {
      throw shapeError({ ...at, path: "inputs.slope" }, "slopes of the wrong number", `1 or ${x[1] ?? 1}`, count);
    }
    return x;
  },
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 2 }),
});
