import { rounded } from "../accuracy.js";
import { defineOp, known, shapeError, type OpDoc } from "../op.js";
import { optional, tensor, vector } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const batchNormDoc: OpDoc<typeof batchNorm> = {
  summary: "Normalises each channel by given statistics (the inference form).",
  formula: "y[n,c,…] = scale[c] · (x[n,c,…] − mean[c]) / √(variance[c] + epsilon) + offset[c]",
  notes: [
    "epsilon has no default: frameworks disagree (1e-5 in PyTorch and ONNX, 1e-3 in TensorFlow and torchvision's GoogLeNet).",
    "The channel is axis 1 of a tensor of rank ≥ 2. scale defaults to 1, offset to 0.",
  ],
  inputs: {
    x: "Input [N, C, …].",
    mean: "Running mean.",
    variance: "Running (biased) variance.",
    scale: "γ.",
    offset: "β.",
  },
  attrs: { epsilon: "Added to the variance." },
  example: {
    inputs: { x: ["N", 3, 8, 8], mean: [3], variance: [3], scale: [3], offset: [3] },
    attrs: { epsilon: 1e-5 },
  },
  magnitude: "|scale|·(|x| + |mean|)/√(variance + epsilon) + |offset|",
  bound: "6·M",
};

export const batchNorm = defineOp({
  name: "batchNorm",
  family: "normalisation",
  inputs: {
    x: tensor(2),
    mean: vector("[C]"),
    variance: vector("[C]"),
    scale: optional(vector("[C]")),
    offset: optional(vector("[C]")),
  },
  attrs: { epsilon: float({ min: 0, exclusive: true }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer({ x, mean, variance, scale, offset }, _attrs, at) {
    const channels = known(x[1] ?? 0, { ...at, path: "inputs.x" }, "the channel axis");
    for (const [name, shape] of Object.entries({ mean, variance, scale, offset })) {
      if (shape !== undefined && shape[0] !== channels) {
        throw shapeError({ ...at, path: `inputs.${name}` }, "statistics of the wrong length", `${channels}`, shape[0]);
      }
    }
    return x;
  },
  receptiveField: ({ x }) => x,
  accuracy: () => rounded({ magnitude: 6 }),
});
