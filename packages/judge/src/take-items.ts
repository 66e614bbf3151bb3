import type { OracleResult } from "@isoconv/backend-reference";
import { elementCount } from "@isoconv/core-spec";

/**
 * The oracle's result for some items of its batch, in the given order. Every operation treats the items of a batch
 * independently, so one computation of a batch gives the results of every batch that is made of its items.
 */
export function takeItems({ shape, value, magnitude }: OracleResult, items: readonly number[]): OracleResult {
  const [, ...item] = shape;
  const length = elementCount(item);
  const empty = (): Float64Array => new Float64Array(items.length * length);
  return {
    shape: [items.length, ...item],
    value: gatherRows(value, length, items, empty()),
    magnitude: gatherRows(magnitude, length, items, empty()),
  };
}

/** Copies the rows of `length` elements with the given numbers into `target`, which it returns. */
export function gatherRows<A extends Float32Array | Float64Array | Uint8Array>(
  data: A,
  length: number,
  rows: readonly number[],
  target: A,
): A {
  for (const [k, row] of rows.entries()) target.set(data.subarray(row * length, (row + 1) * length), k * length);
  return target;
}
