import type { ArithmeticClass, Node, OpName, Shape, Tensor } from "@isoconv/core-spec";
import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import { tensorsOf } from "../isolate-node.js";
import { oneOpNetwork } from "../network/example-network.js";
import { fillNetwork, type FilledNetwork, type NetworkSpec } from "../network/network-spec.js";
import { withIntegers } from "../network/with-integers.js";

type Case = readonly [name: string, op: OpName, shapes: Record<string, Shape>, attrs: Record<string, unknown>];

/** Small applications of the operations that have checks of their own, with every attribute in use. */
export const cases: readonly Case[] = [
  ["conv", "conv2d", { x: [2, 6, 9, 8], w: [8, 6, 3, 3], bias: [8] }, { pads: [1, 1, 1, 1] }],
  [
    "grouped",
    "conv2d",
    { x: [2, 6, 11, 13], w: [4, 3, 3, 2], bias: [4] },
    { groups: 2, strides: [2, 3], pads: [0, 3, 2, 1], dilations: [3, 2] },
  ],
  ["depthwise", "conv2d", { x: [1, 5, 7, 7], w: [10, 1, 2, 5] }, { groups: 5, strides: [1, 2], pads: [1, 2, 0, 2] }],
  ["padded", "conv2d", { x: [1, 2, 2, 3], w: [3, 2, 2, 2], bias: [3] }, { pads: [4, 3, 4, 5], dilations: [3, 2] }],
  ["pointwise", "conv2d", { x: [3, 33, 2, 2], w: [17, 33, 1, 1], bias: [17] }, {}],
  [
    "transposed",
    "convTranspose2d",
    { x: [2, 4, 5, 6], w: [4, 3, 4, 3], bias: [6] },
    { groups: 2, strides: [2, 3], pads: [1, 0, 2, 1], outputPads: [1, 2], dilations: [1, 2] },
  ],
  ["sparse", "convTranspose2d", { x: [1, 2, 4, 4], w: [2, 3, 2, 1] }, { strides: [4, 3], outputPads: [3, 2] }],
  ["rows", "linear", { x: [2, 3, 40], w: [9, 40], bias: [9] }, {}],
  ["row", "linear", { x: [1, 300], w: [21, 300] }, {}],
];

/** A case filled with integers, or with real numbers, and the oracle's result. */
export interface Answered {
  readonly network: FilledNetwork;
  readonly node: Node;
  readonly tensorOf: (name: string) => Tensor;
  readonly expected: OracleResult;
}

export async function answered(
  [name, op, shapes, attrs]: Case,
  {
    arithmetic = "f32",
    integers = true,
    seed = 1,
  }: { arithmetic?: ArithmeticClass; integers?: boolean; seed?: number } = {},
): Promise<Answered> {
  const spec = oneOpNetwork(name, op, shapes, attrs, { seed });
  return answer(integers ? withIntegers(spec) : spec, arithmetic);
}

export async function answer(spec: NetworkSpec, arithmetic: ArithmeticClass): Promise<Answered> {
  const network = fillNetwork(spec, { arithmetic });
  const { graph, parameters, feeds } = network;
  const tensorOf = tensorsOf(graph, new Map([...Object.entries(parameters), ...Object.entries(feeds)]));
  const { y } = await runOracle(graph, parameters, feeds);
  return { network, node: graph.nodes[0], tensorOf, expected: y };
}
