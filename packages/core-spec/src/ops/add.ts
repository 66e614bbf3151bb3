import { rounded } from "../accuracy.js";
import { broadcastField, joinFields } from "../analysis/axis-field.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { broadcast } from "./broadcast.js";

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
  name: "add",
  family: "elementwise",
  inputs: { a: tensor(), b: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ a, b }, _attrs, at) => broadcast(a, b, at),
  receptiveField: (fields, { a, b }, _attrs, output) =>
    joinFields([broadcastField(fields.a, a, output), broadcastField(fields.b, b, output)]),
  accuracy: () => rounded({ magnitude: 1 }),
});
