import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const sigmoidDoc: OpDoc<typeof sigmoid> = {
  summary: "Logistic function.",
  formula: "y = 1 / (1 + e^(−x))",
  notes: [],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  bound: "32·|ŷ| + 4",
};

export const sigmoid = defineOp({
  name: "sigmoid",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 32, absolute: 4 }),
});
