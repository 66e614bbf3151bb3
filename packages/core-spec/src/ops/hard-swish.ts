import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const hardSwishDoc: OpDoc<typeof hardSwish> = {
  summary: "Piecewise approximation of silu.",
  formula: "y = x · min(max(x/6 + 1/2, 0), 1)",
  notes: [],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  magnitude: "|x|·min(|x|/6 + 1/2, 1)",
  bound: "6·M",
};

export const hardSwish = defineOp({
  name: "hardSwish",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ magnitude: 6 }),
});
