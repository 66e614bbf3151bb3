import { gatherLine } from "../lines.js";
import { offsetsOf, stridesOf } from "../offsets.js";
import type { OracleOp } from "../oracle-array.js";

/** `y[…, i, …] = x[…, starts[k] + i, …]` along `axes[k]`, or along axis k where no axes are named. */
export const slice: OracleOp<"slice"> = ({ x }, { starts, axes }, { shape }) => {
  const strides = stridesOf(x.shape);
  const corner = starts.reduce((sum, start, k) => sum + start * strides[axes.length === 0 ? k : axes[k]], 0);
  return { shape, value: gatherLine(x.value, corner, offsetsOf(shape, strides)) };
};
