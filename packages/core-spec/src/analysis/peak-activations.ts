import { shapesOf, type Graph } from "../graph/graph.js";
import { lastUses } from "../graph/last-uses.js";
import { listOperands } from "../registry.js";
import { bindShape, elementCount } from "../shape.js";

/** The most memory that a network's values take at one time. */
export interface PeakActivations {
  /** Bytes of float32 inputs, intermediates and outputs; parameters do not count. */
  readonly bytes: number;
  /** The node that is being computed then, or the last input where nothing exceeds the inputs themselves. */
  readonly at: string;
}

const BYTES = 4;

/**
 * The peak of a run that computes the nodes in order and frees each value after its last use.
 *
 * Each node has its own buffer, data movement included: nothing is computed in place. Inputs exist before the first node,
 * outputs until the end. A value without a use is freed at once.
 */
export function peakActivations(graph: Graph, batch = 1): PeakActivations {
  const shapes = shapesOf(graph);
  const bytesOf = (name: string): number => elementCount(bindShape(shapes.get(name) ?? [], batch)) * BYTES;
  const parameters = new Set(graph.parameters.map(({ name }) => name));
  const last = lastUses(graph);

  let live = graph.inputs.reduce((sum, { name }) => sum + bytesOf(name), 0);
  let peak: PeakActivations = { bytes: live, at: graph.inputs.at(-1)?.name ?? "" };
  for (const { name } of graph.inputs) if (!last.has(name)) live -= bytesOf(name);
  for (const [index, node] of graph.nodes.entries()) {
    live += bytesOf(node.name);
    if (live > peak.bytes) peak = { bytes: live, at: node.name };
    for (const name of new Set([node.name, ...listOperands<string>(node.inputs)])) {
      if (last.get(name) === index && !parameters.has(name)) live -= bytesOf(name);
    }
  }
  return peak;
}
