import type { OracleResult } from "@isoconv/backend-reference";
import { elementCount, float32, isSymbolic, type Tensor } from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/** The network with a batch that is made of items of its own, in the given order. */
export function takeItems(network: FilledNetwork, items: readonly number[]): FilledNetwork {
  const { graph, feeds } = network;
  const taken = graph.inputs.map(({ name, shape }): [string, Tensor] => {
    const feed = feeds[name];
    if (!isSymbolic(shape)) return [name, feed];
    const [, ...item] = feed.shape;
    const length = elementCount(item);
    const data = gatherRows(Float32Array.from(feed.data), length, items, new Float32Array(items.length * length));
    return [name, float32([items.length, ...item], data)];
  });
  return { ...network, feeds: Object.fromEntries(taken) };
}

/**
 * The oracle's result for some items of its batch, in the given order. Every operation treats the items of a batch
 * independently, so one computation of a batch gives the results of every batch that is made of its items.
 */
export function takeResults(
  { shape, value, magnitude, partial }: OracleResult,
  items: readonly number[],
): OracleResult {
  const [, ...item] = shape;
  const length = elementCount(item);
  const gather = (data: Float64Array): Float64Array =>
    gatherRows(data, length, items, new Float64Array(items.length * length));
  return {
    shape: [items.length, ...item],
    value: gather(value),
    magnitude: gather(magnitude),
    ...(partial === undefined ? {} : { partial: gather(partial) }),
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
