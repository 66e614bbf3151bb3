import { exact } from "../accuracy.js";
import { reshapeField } from "../analysis/axis-field.js";
import { checkAxis, defineOp, known, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { integer } from "../scalar-attributes.js";

export const flattenDoc: OpDoc<typeof flatten> = {
  summary: "Merges all axes from one on.",
  formula: "y[n, k] = x[n, …] in row-major order; C, H, W for an image",
  notes: ["Always in logical (CHW) order, whatever layout a backend keeps inside."],
  inputs: { x: "Input." },
  attrs: { axis: "First axis to merge." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: {} },
};

export const flatten = defineOp({
  name: "flatten",
  family: "movement",
  inputs: { x: tensor(2) },
  attrs: { axis: integer({ min: 1, default: 1 }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer({ x }, { axis }, at) {
    checkAxis(axis, x, "attrs.axis", at);
    const merged = x.slice(axis).map((extent) => known(extent, at, "a merged axis"));
    return [...x.slice(0, axis), merged.reduce((product, extent) => product * extent, 1)];
  },
  receptiveField: (fields, { x }, _attrs, output) => reshapeField(fields.x, x, output),
  accuracy: () => exact,
});
