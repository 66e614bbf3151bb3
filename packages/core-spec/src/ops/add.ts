import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { onTwoTensors } from "./broadcast.js";

export const addDoc: OpDoc<typeof add> = {
  summary: "Sum of two tensors.",
  formula: "y = a + b",
  notes: ["NumPy broadcasting."],
  inputs: { a: "Left operand.", b: "Right operand." },
  attrs: {},
  example: { inputs: { a: ["N", 3, 8, 8], b: [3, 1, 1] }, attrs: {} },
  magnitude: "|a| + |b|",
  bound: "M",
};

export const add = defineOp({
  ...onTwoTensors,
  name: "add",
  accuracy: () => rounded({ magnitude: 1 }),
});
