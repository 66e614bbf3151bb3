import { rounded } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";

export const silu = defineOp({
  name: "silu",
  family: "activation",
  summary: "Sigmoid-weighted linear unit.",
  formula: "y = x / (1 + e^(−x))",
  notes: ["Also called swish."],
  inputs: { x: tensor("Input.") },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  magnitude: "|x|",
  bound: "34·|ŷ| + 4·M",
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 34, magnitude: 4 }),
});
