import type { OracleOp } from "../oracle-array.js";

/** The same elements in row-major order, all axes from one on merged. */
export const flatten: OracleOp<"flatten"> = ({ x }, _attrs, { shape }) => ({ shape, value: x.value.slice() });
