import { exact } from "../accuracy.js";
import { slideOverImage } from "../analysis/axis-field.js";
import { pads2d } from "../list-attributes.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const pad2dDoc: OpDoc<typeof pad2d> = {
  summary: "Surrounds the image with a constant.",
  formula: "y[n,c,i,j] = x[n,c,i−top,j−left] inside, value outside",
  notes: [],
  inputs: { x: "Input." },
  attrs: { pads: "Rows and columns added.", value: "The constant." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { pads: [1, 0, 2, 3] } },
};

export const pad2d = defineOp({
  name: "pad2d",
  family: "movement",
  inputs: { x: nchw() },
  attrs: {
    pads: pads2d({}),
    value: float({ default: 0, infinite: true }),
  },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ x: [batch, channels, height, width] }, { pads: [top, left, bottom, right] }) => [
    batch,
    channels,
    height + top + bottom,
    width + left + right,
  ],
  receptiveField: ({ x }, _shapes, { pads }) => slideOverImage(x, [1, 1], { strides: [1, 1], pads }),
  accuracy: () => exact,
});
