import { gatherLine } from "../lines.js";
import { offsetsOf, stridesOf } from "../offsets.js";
import type { OracleOp } from "../oracle-array.js";

/** Axis i of y is axis `permutation[i]` of x: y's elements in order, read with x's strides in y's order of axes. */
export const transpose: OracleOp<"transpose"> = ({ x }, { permutation }, { shape }) => {
  const strides = stridesOf(x.shape);
  const sources = offsetsOf(
    shape,
    permutation.map((axis) => strides[axis]),
  );
  return { shape, value: gatherLine(x.value, 0, sources) };
};
