import { dotProduct } from "../accuracy.js";
import { enlargeAlong, imageAxis, mixAlong } from "../analysis/axis-field.js";
import { pads2d, pair } from "../list-attributes.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { filter, nchw, optional, vector } from "../operand.js";
import { integer } from "../scalar-attributes.js";
import { elementCount } from "../shape.js";
import { dilations, strides, windowDocs } from "./window-attributes.js";

export const convTranspose2dDoc: OpDoc<typeof convTranspose2d> = {
  summary: "Transposed convolution: the gradient of conv2d with respect to its input, used to enlarge.",
  formula:
    "y[n, o, i·strides[0]−top+u·dilations[0], j·strides[1]−left+v·dilations[1]] += x[n,c,i,j] · w[c,o,u,v], plus bias[o]",
  notes: [
    "pads crop the result. Output height = (H−1)·strides[0] + dilations[0]·(kH−1) + 1 + outputPads[0] − top − bottom.",
    "outputPads extends the bottom and the right and stays below the stride or the dilation, as in PyTorch.",
  ],
  inputs: {
    x: "Input.",
    w: "Filters, I = C and O = output channels per group.",
    bias: "Added to each output channel.",
  },
  attrs: {
    strides: windowDocs.strides,
    pads: "Rows and columns cropped from the result.",
    outputPads: "Rows and columns added at the bottom and right.",
    dilations: windowDocs.dilations,
    groups: "Channel groups that do not mix.",
  },
  example: {
    inputs: { x: ["N", 4, 4, 4], w: [4, 3, 3, 3], bias: [3] },
    attrs: { strides: [2, 2], pads: [1, 1, 1, 1], outputPads: [1, 1] },
  },
  magnitude: "Σ|x·w| + |bias|",
  bound: "K(n)·M, n = I/groups·kH·kW, plus 1 with a bias",
};

export const convTranspose2d = defineOp({
  name: "convTranspose2d",
  family: "convolution",
  inputs: {
    x: nchw(),
    w: filter("[I, O, kH, kW]"),
    bias: optional(vector("[O·groups]")),
  },
  attrs: {
    strides,
    pads: pads2d({ default: [0, 0, 0, 0] }),
    outputPads: pair({ min: 0, default: [0, 0] }),
    dilations,
    groups: integer({ min: 1, default: 1 }),
  },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => true,
  infer({ x, w, bias }, attrs, at) {
    const [batch, channels] = x;
    const [inChannels, outPerGroup] = w;
    if (inChannels !== channels)
      throw shapeError({ ...at, path: "inputs.w" }, "input channels do not match", `${channels}`, inChannels);
    if (channels % attrs.groups !== 0) {
      throw shapeError(
        { ...at, path: "attrs.groups" },
        "groups do not divide the input channels",
        `a divisor of ${channels}`,
        attrs.groups,
      );
    }
    const outChannels = outPerGroup * attrs.groups;
    if (bias !== undefined && bias[0] !== outChannels) {
      throw shapeError({ ...at, path: "inputs.bias" }, "bias of the wrong length", `${outChannels}`, bias[0]);
    }
    const size = ([0, 1] as const).map((axis) => {
      const extra = attrs.outputPads[axis];
      if (extra >= Math.max(attrs.strides[axis], attrs.dilations[axis])) {
        throw shapeError(
          { ...at, path: `attrs.outputPads[${axis}]` },
          "output padding too large",
          "less than the stride or the dilation",
          extra,
        );
      }
      const cropped = attrs.pads[axis] + attrs.pads[axis === 0 ? 2 : 3];
      const reach = attrs.dilations[axis] * (w[axis === 0 ? 2 : 3] - 1) + 1;
      const extent = (x[axis === 0 ? 2 : 3] - 1) * attrs.strides[axis] + reach + extra - cropped;
      if (extent < 1)
        throw shapeError(
          { ...at, path: "attrs.pads" },
          "the pads crop the whole result",
          `less than ${extent + cropped}`,
          cropped,
        );
      return extent;
    });
    return [batch, outChannels, ...size];
  },
  macs: ({ x, w }) => elementCount([x[0] === "N" ? 1 : x[0], x[1], x[2], x[3]]) * w[1] * w[2] * w[3],
  receptiveField: ({ x }, { w: [, , height, width] }, { strides, pads, dilations }) => {
    const field = mixAlong(x, 1);
    const index = imageAxis(field);
    if (index === undefined) return field;
    const kernel = dilations[index] * ([height, width][index] - 1) + 1;
    return enlargeAlong(field, { kernel, stride: strides[index], pad: pads[index] });
  },
  accuracy: ({ w, bias }, { groups }) => dotProduct((w[0] / groups) * w[2] * w[3] + (bias === undefined ? 0 : 1)),
});
