import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const eluDoc: OpDoc<typeof elu> = {
  summary: "Exponential linear unit.",
  formula: "y = x if x ≥ 0, else alpha · (e^x − 1)",
  notes: [],
  inputs: { x: "Input." },
  attrs: { alpha: "Limit for very negative inputs." },
  example: { inputs: { x: ["N", 10] }, attrs: { alpha: 1 } },
  bound: "8·|ŷ| + 4·|alpha|",
};

export const elu = defineOp({
  name: "elu",
  family: "activation",
  inputs: { x: tensor() },
  attrs: { alpha: float({ default: 1 }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: (_shapes, { alpha }) => rounded({ value: 8, absolute: 4 * Math.abs(alpha) }),
});
