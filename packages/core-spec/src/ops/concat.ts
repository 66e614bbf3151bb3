import { exact } from "../accuracy.js";
import { joinFields, mixAlong } from "../analysis/axis-field.js";
import type { Location } from "../error.js";
import { checkAxis, defineOp, known, shapeError, type OpDoc } from "../op.js";
import { many, tensor } from "../operand.js";
import { integer } from "../scalar-attributes.js";
import { formatShape, type Dim } from "../shape.js";

export const concatDoc: OpDoc<typeof concat> = {
  summary: "Joins tensors along an axis.",
  formula: "y = [xs[0], xs[1], …] along axis",
  notes: ["Any number of operands ≥ 1; operands may be empty along any axis."],
  inputs: { xs: "Operands of equal shape but for the axis." },
  attrs: { axis: "Axis to join along." },
  example: {
    inputs: {
      xs: [
        ["N", 3, 8, 8],
        ["N", 5, 8, 8],
      ],
    },
    attrs: { axis: 1 },
  },
};

export const concat = defineOp({
  name: "concat",
  family: "movement",
  inputs: { xs: many(tensor(1)) },
  attrs: { axis: integer({ min: 0 }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer({ xs }, { axis }, at) {
    const [first = []] = xs;
    checkAxis(axis, first, "attrs.axis", at);
    let total = 0;
    // A place for every operand would take longer than all the checks: DenseNet joins dozens, dozens of times.
    const where = (index: number): Location => ({ ...at, path: `inputs.xs[${index}]` });
    for (const [index, shape] of xs.entries()) {
      const fits = shape.length === first.length && shape.every((extent, i) => i === axis || extent === first[i]);
      if (!fits)
        throw shapeError(
          where(index),
          "operands differ beside the axis",
          `${formatShape(first)} but for axis ${axis}`,
          formatShape(shape),
        );
      const extent = shape[axis] ?? 0;
      total += typeof extent === "number" ? extent : known(extent, where(index), "the joined axis");
    }
    return first.map((extent, i): Dim => (i === axis ? total : extent));
  },
  receptiveField: ({ xs }, _shapes, { axis }) => mixAlong(joinFields(xs), axis),
  accuracy: () => exact,
});
