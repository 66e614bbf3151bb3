import { rounded } from "../accuracy.js";
import { defineOp } from "../op.js";
import { tensor } from "../operand.js";
import { broadcast } from "./broadcast.js";

export const mul = defineOp({
  name: "mul",
  family: "elementwise",
  summary: "Product of two tensors, element by element.",
  formula: "y = a · b",
  notes: ["NumPy broadcasting."],
  inputs: { a: tensor("Left operand."), b: tensor("Right operand.") },
  attrs: {},
  special: { nan: "propagates", signedZero: "kept" },
  magnitude: "|a · b|",
  infer: ({ a, b }, _attrs, at) => broadcast(a, b, at),
  accuracy: () => rounded({ magnitude: 1 }),
});
