import { averageGrowth, isPowerOfTwo, rounded } from "../accuracy.js";
import { mixAlong } from "../analysis/axis-field.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";

export const globalAvgPool2dDoc: OpDoc<typeof globalAvgPool2d> = {
  summary: "The mean of each channel.",
  formula: "y[n,c,0,0] = (1/(H·W)) Σ_{i,j} x[n,c,i,j]",
  notes: ["The result keeps rank 4: [N, C, 1, 1]."],
  inputs: { x: "Input." },
  attrs: {},
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: {} },
  magnitude: "Σ|x| / (H·W)",
  bound: "2·|ŷ| + (n + 2)·M, n = H·W",
};

export const globalAvgPool2d = defineOp({
  name: "globalAvgPool2d",
  family: "pooling",
  inputs: { x: nchw() },
  attrs: {},
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: ({ x: [, , height, width] }) => isPowerOfTwo(height * width),
  infer: ({ x: [batch, channels] }) => [batch, channels, 1, 1],
  receptiveField: ({ x }) => mixAlong(mixAlong(x, 2), 3),
  accuracy: ({ x }) => rounded({ value: 2, magnitude: averageGrowth(x[2] * x[3]) }),
});
