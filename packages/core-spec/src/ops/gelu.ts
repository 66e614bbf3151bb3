import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const geluDoc: OpDoc<typeof gelu> = {
  summary: "Gaussian error linear unit.",
  formula: "y = x · Φ(x) = x/2 · (1 + erf(x/√2))",
  notes: ["The exact form, not the tanh approximation."],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  magnitude: "|x|",
  bound: "8·|ŷ| + 16·M",
};

export const gelu = defineOp({
  name: "gelu",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 8, magnitude: 16 }),
});
