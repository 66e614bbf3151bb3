import { dotProduct } from "../accuracy.js";
import { mixAlong, slideOverImage } from "../analysis/axis-field.js";
import { pads2d } from "../list-attributes.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { filter, nchw, optional, vector } from "../operand.js";
import { choice, integer } from "../scalar-attributes.js";
import { elementCount } from "../shape.js";
import { slide } from "../window.js";
import { dilations, strides, windowDocs } from "./window-attributes.js";

export const conv2dDoc: OpDoc<typeof conv2d> = {
  summary: "Two-dimensional cross-correlation, optionally grouped, with an optional bias and a fused activation.",
  formula:
    "y[n,o,i,j] = act(bias[o] + Σ_c Σ_u Σ_v w[o,c,u,v] · x[n, g·I+c, i·strides[0]−top+u·dilations[0], j·strides[1]−left+v·dilations[1]]), g = floor(o / (O/groups))",
  notes: [
    "groups, dilations and strides may all exceed 1 together; groups = C is a depthwise convolution, O/groups its multiplier.",
    "All taps of a window may lie in the padding, as in PyTorch: beside the input, or on both sides of one that is smaller than the dilation. The sum is then 0, and y is act(bias[o]).",
    "activation is what the pass `fuseActivation` sets: relu is max(y, 0), relu6 is min(max(y, 0), 6).",
  ],
  inputs: { x: "Input.", w: "Filters, I = C/groups.", bias: "Added to each output channel." },
  attrs: {
    strides: windowDocs.strides,
    pads: "Zeros added around the input.",
    dilations: windowDocs.dilations,
    groups: "Channel groups that do not mix.",
    activation: "Applied to the result.",
  },
  example: {
    inputs: { x: ["N", 3, 8, 8], w: [4, 3, 3, 3], bias: [4] },
    attrs: { strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  magnitude: "Σ|x·w| + |bias|",
  bound: "K(n)·M, n = I·kH·kW, plus 1 with a bias",
};

export const conv2d = defineOp({
  name: "conv2d",
  family: "convolution",
  inputs: {
    x: nchw(),
    w: filter("[O, I, kH, kW]"),
    bias: optional(vector("[O]")),
  },
  attrs: {
    strides,
    pads: pads2d({ default: [0, 0, 0, 0] }),
    dilations,
    groups: integer({ min: 1, default: 1 }),
    activation: choice(["none", "relu", "relu6"], { default: "none" }),
  },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => true,
  infer({ x, w, bias }, { strides, pads, dilations, groups }, at) {
    const [batch, channels, height, width] = x;
    const [outChannels, inChannels, kernelHeight, kernelWidth] = w;
    if (inChannels * groups !== channels) {
      throw shapeError(
        { ...at, path: "inputs.w" },
        "input channels do not match",
        `x with ${inChannels} × groups ${groups} = ${inChannels * groups} channels`,
        channels,
      );
    }
    if (outChannels % groups !== 0) {
      throw shapeError(
        { ...at, path: "attrs.groups" },
        "groups do not divide the output channels",
        `a divisor of ${outChannels}`,
        groups,
      );
    }
    if (bias !== undefined && bias[0] !== outChannels) {
      throw shapeError({ ...at, path: "inputs.bias" }, "bias of the wrong length", `${outChannels}`, bias[0]);
    }
    const size = slide([height, width], { kernel: [kernelHeight, kernelWidth], strides, pads, dilations }, at);
    return [batch, outChannels, ...size];
  },
  macs: ({ w }, _attrs, output) => elementCount(output) * w[1] * w[2] * w[3],
  receptiveField: ({ x }, { w: [, , height, width] }, attrs) => slideOverImage(mixAlong(x, 1), [height, width], attrs),
  accuracy: ({ w, bias }) => dotProduct(w[1] * w[2] * w[3] + (bias === undefined ? 0 : 1)),
});
