import { averageGrowth, isPowerOfTwo, rounded } from "../accuracy.js";
import { fieldOfAll } from "../analysis/axis-field.js";
import { IsoconvError } from "../error.js";
import { integers } from "../list-attributes.js";
import { checkAxis, defineOp, known, shapeError, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { flag } from "../scalar-attributes.js";
import type { Dim } from "../shape.js";

export const meanDoc: OpDoc<typeof mean> = {
  summary: "Mean over some axes.",
  formula: "y = (1/count) Σ x over axes",
  notes: ["At least one axis; the reduced axes hold at least one element."],
  inputs: { x: "Input." },
  attrs: { axes: "The axes averaged over.", keepDims: "Keep reduced axes with extent 1." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { axes: [2, 3] } },
  magnitude: "Σ|x| / count",
  bound: "2·|ŷ| + (n + 2)·M, n = the elements averaged",
};

export const mean = defineOp({
  name: "mean",
  family: "reduction",
  inputs: { x: tensor(1) },
  attrs: {
    axes: integers({ min: 0, distinct: true }),
    keepDims: flag({ default: false }),
  },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: ({ x }, { axes }) => isPowerOfTwo(axes.reduce((product, axis) => product * Number(x[axis]), 1)),
  infer({ x }, { axes, keepDims }, at) {
    if (axes.length === 0) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        ...at,
        path: "attrs.axes",
        what: "no axis named",
        expected: "at least one",
        received: axes,
      });
    }
    for (const [k, axis] of axes.entries()) {
      checkAxis(axis, x, `attrs.axes[${k}]`, at);
      const extent = known(x[axis] ?? 0, { ...at, path: `attrs.axes[${k}]` }, "a reduced axis");
      if (extent === 0) throw shapeError({ ...at, path: "inputs.x" }, "the mean of nothing", "an extent ≥ 1", extent);
    }
    return x.flatMap((extent, axis): Dim[] => (axes.includes(axis) ? (keepDims ? [1] : []) : [extent]));
  },
  receptiveField: ({ x }, _shapes, { axes, keepDims }) => {
    const { axis } = x;
    if (axis === undefined) return x;
    if (axes.includes(axis)) return fieldOfAll(x);
    return keepDims ? x : { ...x, axis: axis - axes.filter((reduced) => reduced < axis).length };
  },
  accuracy: ({ x }, { axes }) => {
    const count = axes.reduce((product, axis) => product * Number(x[axis]), 1);
    return rounded({ value: 2, magnitude: averageGrowth(count) });
  },
});
