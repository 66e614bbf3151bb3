import { rounded } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";

export const hardSwish = defineOp({
  name: "hardSwish",
  family: "activation",
  summary: "Piecewise approximation of silu.",
  formula: "y = x · min(max(x/6 + 1/2, 0), 1)",
  notes: [],
  inputs: { x: tensor("Input.") },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  magnitude: "|x|·min(|x|/6 + 1/2, 1)",
  bound: "6·M",
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ magnitude: 6 }),
});
