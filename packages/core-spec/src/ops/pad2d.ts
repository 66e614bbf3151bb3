import { exact } from "../accuracy.js";
import { float, pads2d } from "../attribute.js";
import { defineOp } from "../op.js";
import { nchw } from "../operand.js";

export const pad2d = defineOp({
  name: "pad2d",
  family: "movement",
  summary: "Surrounds the image with a constant.",
  formula: "y[n,c,i,j] = x[n,c,i−top,j−left] inside, value outside",
  notes: [],
  inputs: { x: nchw("Input.") },
  attrs: {
    pads: pads2d({ doc: "Rows and columns added." }),
    value: float({ default: 0, infinite: true, doc: "The constant." }),
  },
  special: { nan: "moved", signedZero: "kept" },
  infer: ({ x: [batch, channels, height, width] }, { pads: [top, left, bottom, right] }) => [
    batch,
    channels,
    height + top + bottom,
    width + left + right,
  ],
  accuracy: () => exact,
});
