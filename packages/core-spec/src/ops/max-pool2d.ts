import { selection } from "../accuracy.js";
import { slideOverImage } from "../analysis/axis-field.js";
import { pads2d } from "../list-attributes.js";
import { defineOp, type OpDoc } from "../op.js";
import { nchw } from "../operand.js";
import { slidePool } from "../window.js";
import { dilations, kernel, strides, windowDocs } from "./window-attributes.js";

export const maxPool2dDoc: OpDoc<typeof maxPool2d> = {
  summary: "The largest element of each window.",
  formula: "y[n,c,i,j] = max_{u,v} x[n,c, i·strides[0]−top+u·dilations[0], j·strides[1]−left+v·dilations[1]]",
  notes: [
    "Padding acts as −∞ and never wins, not even among negative elements.",
    "A window without an element of the input is refused, also where the taps of a dilated window straddle a small input: its maximum would be −∞, PyTorch's result.",
    "strides default to 1, not to the kernel: the nn layer follows PyTorch.",
  ],
  inputs: { x: "Input." },
  attrs: {
    kernel: windowDocs.kernel,
    strides: windowDocs.strides,
    pads: "−∞ around the input.",
    dilations: windowDocs.dilations,
  },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } },
};

export const maxPool2d = defineOp({
  name: "maxPool2d",
  family: "pooling",
  inputs: { x: nchw() },
  attrs: { kernel, strides, pads: pads2d({ default: [0, 0, 0, 0] }), dilations },
  special: { nan: "selects", signedZero: "free" },
  exactOnIntegers: () => true,
  infer: ({ x: [batch, channels, height, width] }, window, at) => [
    batch,
    channels,
    ...slidePool([height, width], window, at),
  ],
  receptiveField: ({ x }, _shapes, attrs) => slideOverImage(x, attrs.kernel, attrs),
  accuracy: () => selection,
});
