import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const leakyReluDoc: OpDoc<typeof leakyRelu> = {
  summary: "Rectified linear unit with a slope for negative inputs.",
  formula: "y = x if x ≥ 0, else slope · x",
  notes: [],
  inputs: { x: "Input." },
  attrs: { slope: "Factor of negative inputs." },
  example: { inputs: { x: ["N", 10] }, attrs: { slope: 0.2 } },
  bound: "2·|ŷ|",
};

export const leakyRelu = defineOp({
  name: "leakyRelu",
  family: "activation",
  inputs: { x: tensor() },
  attrs: { slope: float({ default: 0.01 }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: (_shapes, { slope }) => [0, 0.5, 1].includes(slope),
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ value: 2 }),
});
