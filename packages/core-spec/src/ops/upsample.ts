import { exact } from "../accuracy.js";
import { enlargeAlong, imageAxis } from "../analysis/axis-field.js";
import { pair } from "../list-attributes.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";

export const upsampleDoc: OpDoc<typeof upsample> = {
  summary: "Enlarges by whole factors, repeating the nearest element.",
  formula: "y[n,c,i,j] = x[n,c, floor(i/scales[0]), floor(j/scales[1])]",
  notes: [],
  inputs: { x: "Input." },
  attrs: { scales: "Factor of the height and of the width." },
  example: { inputs: { x: ["N", 3, 4, 4] }, attrs: { scales: [2, 2] } },
};

export const upsample = defineOp({
  name: "upsample",
  family: "movement",
  inputs: { x: nchw() },
  attrs: { scales: pair({ min: 1 }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ x: [batch, channels, height, width] }, { scales }) => [
    batch,
    channels,
    height * scales[0],
    width * scales[1],
  ],
  receptiveField: ({ x }, _shapes, { scales }) => {
    const index = imageAxis(x);
    return index === undefined ? x : enlargeAlong(x, { kernel: scales[index], stride: scales[index], pad: 0 });
  },
  accuracy: () => exact,
});
