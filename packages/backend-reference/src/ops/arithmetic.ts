import { broadcastPairs } from "../broadcast.js";
import type { OracleTable } from "../oracle-array.js";

/** Sums and products of elements. */
export const arithmetic = {
  /** `y = a + b`, `M = |a| + |b|` */
  add: ({ a, b }, _attrs, { shape }) =>
    broadcastPairs(
      a,
      b,
      shape,
      (left, right) => left + right,
      (left, right) => Math.abs(left) + Math.abs(right),
    ),

  /** `y = a · b`, `M = |a · b|` */
  mul: ({ a, b }, _attrs, { shape }) =>
    broadcastPairs(
      a,
      b,
      shape,
      (left, right) => left * right,
      (left, right) => Math.abs(left * right),
    ),
} satisfies Partial<OracleTable>;
