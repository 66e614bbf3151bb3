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

function onLattice(graph: Graph, seed: number, batch: number): NetworkSpec {
  const names = [...graph.inputs, ...graph.parameters].map(({ name }) => name);
  return { graph, batch, seed, fills: Object.fromEntries(names.map((name) => [name, lattice])) };
}
