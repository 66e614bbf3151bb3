import { rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const hardSigmoidDoc: OpDoc<typeof hardSigmoid> = {
  summary: "Piecewise linear approximation of the logistic function.",
  formula: "y = min(max(x/6 + 1/2, 0), 1)",
  notes: ["PyTorch's and MobileNetV3's form; ONNX's default slope of 0.2 is another function."],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 10] }, attrs: {} },
  magnitude: "min(|x|/6 + 1/2, 1)",
  bound: "4·M",
};

export const hardSigmoid = defineOp({
  name: "hardSigmoid",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ magnitude: 4 }),
});
