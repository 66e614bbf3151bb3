import { averageGrowth, isPowerOfTwo, rounded } from "../accuracy.js";
import { slideOverImage } from "../analysis/axis-field.js";
import { pads2d } from "../list-attributes.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";
import { slidePool } from "../window.js";
import { kernel, strides, windowDocs } from "./window-attributes.js";

export const avgPool2dDoc: OpDoc<typeof avgPool2d> = {
  summary: "The mean of each window's elements.",
  formula: "y[n,c,i,j] = (1/count) Σ_{u,v inside} x[n,c, i·strides[0]−top+u, j·strides[1]−left+v]",
  notes: [
    "count is the number of elements that lie on the input: padding is never counted. To count it, pad explicitly with pad2d (the nn layer's countIncludePad does).",
    "A window without an element of the input has no mean and is refused.",
  ],
  inputs: { x: "Input." },
  attrs: { kernel: windowDocs.kernel, strides: windowDocs.strides, pads: "Excluded from the mean." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { kernel: [2, 2], strides: [2, 2] } },
  magnitude: "Σ|x| / count",
  bound: "2·|ŷ| + (n + 2)·M, n = kH·kW",
};

export const avgPool2d = defineOp({
  name: "avgPool2d",
  family: "pooling",
  inputs: { x: nchw() },
  attrs: { kernel, strides, pads: pads2d({ default: [0, 0, 0, 0] }) },
  special: { nan: "propagates", signedZero: "free" },
  // A window that hangs over the padding divides by fewer elements.
  exactOnIntegers: (_shapes, { kernel, pads }) => pads.every((pad) => pad === 0) && isPowerOfTwo(kernel[0] * kernel[1]),
  infer: ({ x: [batch, channels, height, width] }, attrs, at) => [
    batch,
    channels,
    ...slidePool([height, width], { ...attrs, dilations: [1, 1] }, at),
  ],
  receptiveField: ({ x }, _shapes, attrs) => slideOverImage(x, attrs.kernel, attrs),
  accuracy: (_shapes, { kernel }) => rounded({ value: 2, magnitude: averageGrowth(kernel[0] * kernel[1]) }),
});
