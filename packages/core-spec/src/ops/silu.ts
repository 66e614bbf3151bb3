import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const siluDoc: OpDoc<typeof silu> = {
  summary: "Sigmoid-weighted linear unit.",
  formula: "y = x / (1 + e^(−x))",
  notes: ["Also called swish."],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  magnitude: "|x|",
  bound: "34·|ŷ| + 4·M",
};

export const silu = defineOp({
  name: "silu",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 34, magnitude: 4 }),
});
