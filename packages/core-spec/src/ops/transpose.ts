import { exact } from "../accuracy.js";
import { IsoconvError } from "../error.js";
import { integers } from "../list-attributes.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import type { Dim } from "../shape.js";

export const transposeDoc: OpDoc<typeof transpose> = {
  summary: "Reorders axes.",
  formula: "axis i of y is axis permutation[i] of x",
  notes: ["A symbolic batch stays the first axis."],
  inputs: { x: "Input." },
  attrs: { permutation: "Every axis of x, once." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { permutation: [0, 2, 3, 1] } },
};

export const transpose = defineOp({
  name: "transpose",
  family: "movement",
  inputs: { x: tensor() },
  attrs: { permutation: integers({ min: 0, distinct: true }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer({ x }, { permutation }, at) {
    if (permutation.length !== x.length || permutation.some((axis) => axis >= x.length)) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        ...at,
        path: "attrs.permutation",
        what: "not a permutation of the operand's axes",
        expected: `the axes 0 … ${x.length - 1}, each once`,
        received: permutation,
      });
    }
    if (x[0] === "N" && permutation[0] !== 0) {
      throw shapeError({ ...at, path: "attrs.permutation[0]" }, "a symbolic batch stays first", "0", permutation[0]);
    }
    return permutation.map((axis): Dim => x[axis] ?? 1);
  },
  receptiveField: ({ x }, _shapes, { permutation }) =>
    x.axis === undefined ? x : { ...x, axis: permutation.indexOf(x.axis) },
  accuracy: () => exact,
});
