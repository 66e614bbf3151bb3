import { graphBuilder, type Capabilities, type Graph, type OpName } from "@isoconv/core-spec";
import { type FilledNetwork, fillNetwork, lattice, type NetworkSpec } from "@isoconv/judge";

/** The operations of {@link pipeline}. */
export const pipelineOps: readonly OpName[] = ["conv2d", "relu", "maxPool2d", "flatten", "linear"];

/**
 * A small network of the usual layers, with two outputs. Every partial sum is below 2¹¹ (12·74·2 + 2 in the last layer),
 * hence the same bits in every arithmetic class.
 */
export function pipeline({
  seed = 1,
  batch = 2,
}: { readonly seed?: number; readonly batch?: number } = {}): NetworkSpec {
  const g = graphBuilder("contract-pipeline");
  const x = g.input("x", ["N", 2, 4, 4]);
  const w = g.parameter("conv.weight", [3, 2, 3, 3]);
  const bias = g.parameter("conv.bias", [3]);
  const conv = g.conv2d({ x, w, bias }, { pads: [1, 1, 1, 1] }, "conv");
  const features = g.relu({ x: conv }, undefined, "features");
  const pooled = g.maxPool2d({ x: features }, { kernel: [2, 2], strides: [2, 2] }, "pool");
  const flat = g.flatten({ x: pooled }, {}, "flat");
  const fc = { w: g.parameter("fc.weight", [4, 12]), bias: g.parameter("fc.bias", [4]) };
  const logits = g.linear({ x: flat, ...fc }, undefined, "fc");
  return onLattice(g.build({ features, logits }), seed, batch);
}

/** The operations of {@link passThrough}. */
export const passThroughOps: readonly OpName[] = ["flatten", "reshape", "dropout"];

/** Outputs without arithmetic, for which a faulty backend may return its input or the same array twice. */
export function passThrough(): NetworkSpec {
  const g = graphBuilder("contract-pass-through");
  const x = g.input("x", ["N", 2, 3]);
  const fixed = g.parameter("fixed", [2, 3]);
  const flat = g.flatten({ x }, {}, "flat");
  const shaped = g.reshape({ x }, { shape: [-1, 3, 2] }, "shaped");
  const dropped = g.dropout({ x }, { p: 0.5 }, "dropped");
  return onLattice(g.build({ same: x, flat, again: flat, shaped, dropped, fixed: fixed }), 1, 2);
}

/** The network with other feeds. */
export function withFeeds(network: FilledNetwork, other: NetworkSpec, capabilities: Capabilities): FilledNetwork {
  return { ...network, feeds: fillNetwork(other, capabilities).feeds };
}

/** The operations of {@link large} and {@link largeWeights}. */
export const largeOps: readonly OpName[] = ["add", "relu", "slice", "linear"];

/** A network that moves and adds `count` elements in one array, more than runtimes copy as a matter of course. */
export function large(count: number, seed = 1): NetworkSpec {
  const g = graphBuilder(`contract-large-${count}`);
  const x = g.input("x", [1, count]);
  const sum = g.add({ a: x, b: g.parameter("offset", [count]) }, {}, "sum");
  const clipped = g.relu({ x: sum }, undefined, "clipped");
  const cut = g.slice({ x }, { axes: [1], starts: [0], ends: [count - 1] }, "cut");
  return onLattice(g.build({ clipped, cut }), seed, 1);
}

/** A layer with 2²⁰ weights and some, of which few are not zero, so that its sums are small. */
export function largeWeights(): NetworkSpec {
  const g = graphBuilder("contract-large-weights");
  const w = g.parameter("w", [1029, 1021]);
  const graph = g.build({ y: g.linear({ x: g.input("x", ["N", 1021]), w }, undefined, "scores") });
  const values = Array.from({ length: 37 }, (_, k) => (k === 5 ? 1 : k === 20 ? -2 : 0));
  return { ...onLattice(graph, 1, 1), fills: { x: lattice, w: { kind: "cycle", values } } };
}

/** Sums of two operands of one shape and a parameter of it. */
export function sums(seed = 1): NetworkSpec {
  const g = graphBuilder("contract-sums");
  const [a, b] = [g.input("a", ["N", 5]), g.input("b", ["N", 5])];
  const twice = g.mul({ a: b, b: g.parameter("factor", [5]) }, {}, "twice");
  return onLattice(g.build({ y: g.add({ a, b: twice }, {}, "sum") }), seed, 2);
}

/** The network with every input and parameter on the lattice. */
export function onLattice(graph: Graph, seed: number, batch: number): NetworkSpec {
  const names = [...graph.inputs, ...graph.parameters].map(({ name }) => name);
  return { graph, batch, seed, fills: Object.fromEntries(names.map((name) => [name, lattice])) };
}
