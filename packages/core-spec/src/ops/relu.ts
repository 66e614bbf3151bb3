import { selection } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";

export const relu = defineOp({
  name: "relu",
  family: "activation",
  summary: "Rectified linear unit.",
  formula: "y = max(x, 0)",
  notes: ["relu(NaN) is NaN; relu(−0) may be either zero."],
  inputs: { x: tensor("Input.") },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  special: { nan: "selects", signedZero: "free" },
  exactOnIntegers: () => true,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => selection,
});
