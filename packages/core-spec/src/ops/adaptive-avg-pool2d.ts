import { averageGrowth, isPowerOfTwo, rounded } from "../accuracy.js";
import { adaptAlong, fieldOfAll, imageAxis } from "../analysis/axis-field.js";
import { pair } from "../list-attributes.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";

export const adaptiveAvgPool2dDoc: OpDoc<typeof adaptiveAvgPool2d> = {
  summary: "Averages any input to a fixed output size.",
  formula:
    "y[n,c,i,j] = mean of x[n,c,a,b] for floor(i·H/oH) ≤ a < ceil((i+1)·H/oH), floor(j·W/oW) ≤ b < ceil((j+1)·W/oW)",
  notes: ["PyTorch's windows: they overlap where the output size does not divide the input, and may also enlarge."],
  inputs: { x: "Input." },
  attrs: { outputSize: "Height and width of the result." },
  example: { inputs: { x: ["N", 3, 7, 7] }, attrs: { outputSize: [3, 3] } },
  magnitude: "Σ|x| / count",
  bound: "4·|ŷ| + (n + 2)·M, n = the elements of the largest window",
};

export const adaptiveAvgPool2d = defineOp({
  name: "adaptiveAvgPool2d",
  family: "pooling",
  inputs: { x: nchw() },
  attrs: { outputSize: pair({ min: 1 }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: ({ x: [, , height, width] }, { outputSize: [outHeight, outWidth] }) =>
    [height / outHeight, width / outWidth].every((ratio) => ratio >= 1 && isPowerOfTwo(ratio)),
  infer: ({ x: [batch, channels] }, { outputSize }) => [batch, channels, ...outputSize],
  receptiveField: (fields, { x: [, , height, width] }, { outputSize }) => {
    const index = imageAxis(fields.x);
    if (index === undefined) return fields.x;
    const out = outputSize[index];
    return out === 1 ? fieldOfAll(fields.x) : adaptAlong(fields.x, [height, width][index], out);
  },
  accuracy: ({ x }, { outputSize }) => {
    const longest = (extent: number, out: number): number => Math.min(extent, Math.ceil(extent / out) + 1);
    return rounded({
      value: 4,
      magnitude: averageGrowth(longest(x[2], outputSize[0]) * longest(x[3], outputSize[1])),
    });
  },
});
