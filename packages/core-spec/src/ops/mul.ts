import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { onTwoTensors } from "./broadcast.js";

export const mulDoc: OpDoc<typeof mul> = {
  summary: "Product of two tensors, element by element.",
  formula: "y = a · b",
  notes: ["NumPy broadcasting."],
  inputs: { a: "Left operand.", b: "Right operand." },
  attrs: {},
  example: { inputs: { a: ["N", 3, 8, 8], b: ["N", 3, 1, 1] }, attrs: {} },
  magnitude: "|a · b|",
  bound: "M",
};

export const mul = defineOp({
  ...onTwoTensors,
  name: "mul",
  accuracy: () => rounded({ magnitude: 1 }),
});
