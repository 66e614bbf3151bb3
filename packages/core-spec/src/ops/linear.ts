import { dotProduct } from "../accuracy.js";
import { mixAlong } from "../analysis/axis-field.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { matrix, optional, tensor, vector } from "../operand.js";
import { choice } from "../scalar-attributes.js";
import { elementCount } from "../shape.js";

export const linearDoc: OpDoc<typeof linear> = {
  summary: "A fully connected layer on the last axis.",
  formula: "y[…,o] = act(Σ_i x[…,i] · w[o,i] + bias[o])",
  notes: ["The weight is (out, in), as in PyTorch.", "activation is what the pass `fuseActivation` sets."],
  inputs: { x: "Input [N, …, in].", w: "Weights.", bias: "Added to each output feature." },
  attrs: { activation: "Applied to the result." },
  example: { inputs: { x: ["N", 6], w: [4, 6], bias: [4] }, attrs: {} },
  magnitude: "Σ|x·w| + |bias|",
  bound: "K(n)·M, n = in, plus 1 with a bias",
};

export const linear = defineOp({
  name: "linear",
  family: "dense",
  inputs: {
    x: tensor(2),
    w: matrix("[O, I]"),
    bias: optional(vector("[O]")),
  },
  attrs: { activation: choice(["none", "relu", "relu6"], { default: "none" }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => true,
  infer({ x, w, bias }, _attrs, at) {
    const [outFeatures, inFeatures] = w;
    const last = x.at(-1);
    if (last !== inFeatures) {
      throw shapeError(
        { ...at, path: "inputs.w" },
        "input features do not match",
        `x with ${inFeatures} features`,
        last,
      );
    }
    if (bias !== undefined && bias[0] !== outFeatures) {
      throw shapeError({ ...at, path: "inputs.bias" }, "bias of the wrong length", `${outFeatures}`, bias[0]);
    }
    return [...x.slice(0, -1), outFeatures];
  },
  macs: ({ w }, _attrs, output) => elementCount(output) * w[1],
  receptiveField: (fields, { x }) => mixAlong(fields.x, x.length - 1),
  accuracy: ({ w, bias }) => dotProduct(w[1] + (bias === undefined ? 0 : 1)),
});
