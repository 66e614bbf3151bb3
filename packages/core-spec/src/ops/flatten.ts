import { exact } from "../accuracy.js";
import { integer } from "../attribute.js";
import { defineOp, known } from "../op.js";
import { tensor } from "../operand.js";

export const flatten = defineOp({
  name: "flatten",
  family: "movement",
  summary: "Merges all axes from one on.",
  formula: "y[n, k] = x[n, …] in row-major order; C, H, W for an image",
  notes: ["Always in logical (CHW) order, whatever layout a backend keeps inside."],
  inputs: { x: tensor("Input.", 1) },
  attrs: { axis: integer({ min: 1, default: 1, doc: "First axis to merge." }) },
  special: { nan: "moved", signedZero: "kept" },
  infer({ x }, { axis }, at) {
    const merged = x.slice(axis).map((extent) => known(extent, at, "a merged axis"));
    return [...x.slice(0, axis), merged.reduce((product, extent) => product * extent, 1)];
  },
  accuracy: () => exact,
});
