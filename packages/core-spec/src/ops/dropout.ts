import { exact } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const dropoutDoc: OpDoc<typeof dropout> = {
  summary: "Identity in inference; drops elements at random in training.",
  formula: "y = x",
  notes: ["p is kept so that a graph says what it was trained with."],
  inputs: { x: "Input." },
  attrs: { p: "Probability of dropping an element in training." },
  example: { inputs: { x: ["N", 10] }, attrs: { p: 0.5 } },
};

export const dropout = defineOp({
  name: "dropout",
  family: "movement",
  inputs: { x: tensor() },
  attrs: { p: float({ min: 0, max: 1, default: 0.5 }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => exact,
});
