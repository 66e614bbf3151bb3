import type { OracleResult } from "@isoconv/backend-reference";
import {
  elementCount,
  float32,
  isSymbolic,
  ownValue,
  shapesOf,
  type Graph,
  type Results,
  type Tensor,
} from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/** The network with a batch that is made of items of its own, in the given order. */
export function takeItems(network: FilledNetwork, items: readonly number[]): FilledNetwork {
  const { graph, feeds } = network;
  const taken = graph.inputs.map(({ name, shape }): [string, Tensor] => {
    const feed = feeds[name];
    if (!isSymbolic(shape)) return [name, feed];
    const [, ...item] = feed.shape;
    const length = elementCount(item);
    const source = feed.data instanceof Float32Array ? feed.data : Float32Array.from(feed.data);
    const data = gatherRows(source, length, items, new Float32Array(items.length * length));
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

/** The outputs whose first extent is the batch. */
export function outputsWithBatch(graph: Graph): readonly string[] {
  const shapes = shapesOf(graph);
  return graph.outputs.filter(({ value }) => shapes.get(value)?.[0] === "N").map(({ name }) => name);
}

/**
 * The rows of a batch's results that have to be judged: the first of each item, and those whose bits are not those of the
 * first row of their item. All rows if a result has not one row for each item.
 */
export function differentRows(graph: Graph, results: Results, items: readonly number[]): readonly number[] {
  const outputs: Uint32Array[] = [];
  for (const name of outputsWithBatch(graph)) {
    const { shape, data } = ownValue(results, name) ?? { shape: [], data: undefined };
    if (shape[0] !== items.length || !(data instanceof Float32Array) || data.length !== elementCount(shape)) {
      return [...items.keys()];
    }
    outputs.push(new Uint32Array(data.buffer, data.byteOffset, data.length));
  }
  const first = new Map<number, number>();
  return [...items.keys()].filter((row) => {
    const known = first.get(items[row]);
    if (known === undefined) first.set(items[row], row);
    return known === undefined || !outputs.every((bits) => sameRow(bits, bits.length / items.length, row, known));
  });
}

function sameRow(bits: Uint32Array, length: number, a: number, b: number): boolean {
  const [from, to] = [a * length, b * length];
  for (let k = 0; k < length; k += 1) if (bits[from + k] !== bits[to + k]) return false;
  return true;
}

/** The results with some rows of those outputs that have a batch. */
export function takeRows(graph: Graph, results: Results, rows: readonly number[]): Results {
  const taken = outputsWithBatch(graph).map((name): [string, Tensor] => {
    const { shape, data } = results[name];
    const [count, ...item] = shape;
    const length = elementCount(shape) / count;
    const source = data instanceof Float32Array ? data : Float32Array.from(data);
    const part = gatherRows(source, length, rows, new Float32Array(rows.length * length));
    return [name, float32([rows.length, ...item], part)];
  });
  return { ...results, ...Object.fromEntries(taken) };
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
