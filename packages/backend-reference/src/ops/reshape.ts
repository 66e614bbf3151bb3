import type { OracleOp } from "../oracle-array.js";

/** The same elements in row-major order under another shape. */
export const reshape: OracleOp<"reshape"> = ({ x }, _attrs, { shape }) => ({ shape, value: x.value.slice() });
