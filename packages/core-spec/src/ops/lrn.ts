import { accumulationGrowth, rounded } from "../accuracy.js";
import { mixAlong } from "../analysis/axis-field.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";
import { float, integer } from "../scalar-attributes.js";

export const lrnDoc: OpDoc<typeof lrn> = {
  summary: "Local response normalisation across channels.",
  formula:
    "y[n,c,i,j] = x[n,c,i,j] / (bias + (alpha/size) · Σ_k x[n,k,i,j]²)^beta, c − floor((size−1)/2) ≤ k ≤ c + ceil((size−1)/2)",
  notes: [
    "alpha is divided by size, as in Caffe, PyTorch and ONNX; the paper (AlexNet) and TensorFlow do not divide.",
    "An even size reaches one channel further up than down, as in ONNX; PyTorch reaches further down.",
    "Channels outside the tensor count as 0.",
    "A power computed as e^(beta·ln b) is off by |beta·ln b| roundings, which M counts.",
  ],
  inputs: { x: "Input." },
  attrs: {
    size: "Channels in the window.",
    alpha: "Weight of the squares.",
    beta: "Exponent.",
    bias: "k in the paper.",
  },
  example: { inputs: { x: ["N", 8, 4, 4] }, attrs: { size: 5 } },
  magnitude:
    "|y|·|beta|·((alpha/size)·R/b + |ln b|), b = bias + (alpha/size)·s, s the window's Σx² and R = Σx² over channels 0 … c + ceil((size−1)/2)",
  bound: "36·|ŷ| + K(n)·M, n = 2·C",
};

export const lrn = defineOp({
  name: "lrn",
  family: "normalisation",
  inputs: { x: nchw() },
  attrs: {
    size: integer({ min: 1 }),
    alpha: float({ min: 0, default: 1e-4 }),
    beta: float({ default: 0.75 }),
    bias: float({ min: 0, exclusive: true, default: 1 }),
  },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }) => x,
  receptiveField: ({ x }) => mixAlong(x, 1),
  accuracy: ({ x }) => rounded({ value: 36, magnitude: accumulationGrowth(2 * x[1]), terms: 2 * x[1] }),
});
