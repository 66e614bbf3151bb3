import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const tanhDoc: OpDoc<typeof tanh> = {
  summary: "Hyperbolic tangent.",
  formula: "y = (e^x − e^(−x)) / (e^x + e^(−x))",
  notes: [],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  bound: "16·|ŷ| + 8",
};

export const tanh = defineOp({
  name: "tanh",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 16, absolute: 8 }),
});
