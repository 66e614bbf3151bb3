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
  special: { nan: "propagates", signedZero: "free" },
  infer: ({ x }) => x,
  accuracy: () => rounded({ value: 16, absolute: 8 }),
});
