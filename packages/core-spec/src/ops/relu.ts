import { selection } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const reluDoc: OpDoc<typeof relu> = {
  summary: "Rectified linear unit.",
  formula: "y = max(x, 0)",
  notes: ["relu(NaN) is NaN; relu(−0) may be either zero."],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
};

export const relu = defineOp({
  name: "relu",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "selects", signedZero: "free" },
  exactOnIntegers: () => true,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => selection,
});
