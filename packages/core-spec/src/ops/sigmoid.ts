import { rounded } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";

export const sigmoid = defineOp({
  name: "sigmoid",
  family: "activation",
  summary: "Logistic function.",
  formula: "y = 1 / (1 + e^(−x))",
  notes: [],
  inputs: { x: tensor("Input.") },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  bound: "32·|ŷ| + 4",
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 32, absolute: 4 }),
});
