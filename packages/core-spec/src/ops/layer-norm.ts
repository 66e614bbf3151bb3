import { accumulationGrowth, rounded } from "../accuracy.js";
import { mixAlong } from "../analysis/axis-field.js";
import { checkAxis, defineOp, known, shapeError, type OpDoc } from "../op.js";
import { optional, tensor, vector } from "../operand.js";
import { float, integer } from "../scalar-attributes.js";

export const layerNormDoc: OpDoc<typeof layerNorm> = {
  summary: "Normalises each line along an axis by its own mean and variance.",
  formula: "y[…,c,…] = scale[c] · (x[…,c,…] − μ) / √(σ² + epsilon) + offset[c], μ and σ² of the line over c",
  notes: [
    "σ² is biased: the mean of (x − μ)². A variance computed as mean(x²) − μ² loses digits that M does not count, and misses the bound where μ lies far from zero.",
    "One axis, of known extent. Axis 1 of an image normalises each pixel over its channels, as ConvNeXt does.",
    "epsilon has no default, as for batchNorm: 1e-5 in PyTorch and ONNX, 1e-6 in ConvNeXt, 1e-3 in Keras. scale defaults to 1, offset to 0.",
  ],
  inputs: { x: "Input.", scale: "γ, C = the extent of the axis.", offset: "β." },
  attrs: { axis: "Axis that is normalised.", epsilon: "Added to the variance." },
  example: { inputs: { x: ["N", 3, 8, 8], scale: [3], offset: [3] }, attrs: { axis: 1, epsilon: 1e-5 } },
  magnitude: "|scale|·(|x| + mean|x|)/√(σ² + epsilon) + |offset|",
  bound: "(2·K(n) + 8)·M, n = the extent of the axis",
};

export const layerNorm = defineOp({
  name: "layerNorm",
  family: "normalisation",
  inputs: {
    x: tensor(2),
    scale: optional(vector("[C]")),
    offset: optional(vector("[C]")),
  },
  attrs: {
    axis: integer({ min: 0 }),
    epsilon: float({ min: 0, exclusive: true }),
  },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer({ x, scale, offset }, { axis }, at) {
    checkAxis(axis, x, "attrs.axis", at);
    const extent = known(x[axis] ?? 0, { ...at, path: "inputs.x" }, "the normalised axis");
    for (const [name, shape] of Object.entries({ scale, offset })) {
      if (shape !== undefined && shape[0] !== extent) {
        throw shapeError({ ...at, path: `inputs.${name}` }, "parameters of the wrong length", `${extent}`, shape[0]);
      }
    }
    return x;
  },
  receptiveField: ({ x }, _shapes, { axis }) => mixAlong(x, axis),
  /**
   * In two passes and to first order, with K = K(n), d = x − μ, s = √(σ² + ε) and errors in units of the roundoff: μ is
   * off by K·mean|x|; so is d, and by |d| for its own rounding. Σd = 0, so the common shift of d leaves σ² alone: it is a
   * sum of n squares, off by (K + 2)·σ², and s by (K + 5)/2·s. Quotient, product and sum add 3·|d|/s + |offset|. In all
   * |scale|·(K·mean|x| + (K/2 + 6.5)·|d|)/s + |offset| ≤ (1.5·K + 6.5)·M, as |d| ≤ |x| + mean|x|. The rest is for terms of
   * second order and for other orders of evaluation, such as x·(scale/s) + (offset − μ·scale/s).
   */
  accuracy: (_shapes, { axis }, output) =>
    rounded({ magnitude: 2 * accumulationGrowth(output[axis] ?? 0) + 8, terms: output[axis] ?? 0 }),
});
