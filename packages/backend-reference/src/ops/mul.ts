import { broadcastPairs } from "../broadcast.js";
import type { OracleOp } from "../oracle-array.js";

/** `y = a · b`, `M = |a · b|` */
export const mul: OracleOp<"mul"> = ({ a, b }, _attrs, { shape }) =>
  broadcastPairs(
    a,
    b,
    shape,
    (left, right) => left * right,
    (left, right) => Math.abs(left * right),
  );
