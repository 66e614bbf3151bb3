import { rounded } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";

export const tanh = defineOp({
  name: "tanh",
  family: "activation",
  summary: "Hyperbolic tangent.",
  formula: "y = (e^x − e^(−x)) / (e^x + e^(−x))",
  notes: [],
  inputs: { x: tensor("Input.") },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  bound: "16·|ŷ| + 8",
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 16, absolute: 8 }),
});
