import type { Graph } from "./graph.js";

const sealed = new WeakSet<Graph>();

/** Freezes a graph whose every node has been validated, and remembers that it was. */
export function sealGraph(graph: Graph): Graph {
  Object.freeze(graph.inputs);
  Object.freeze(graph.parameters);
  Object.freeze(graph.nodes);
  Object.freeze(graph.outputs);
  sealed.add(graph);
  return Object.freeze(graph);
}

/** Whether this object was made by the builder, the reader or a pass. */
export function isSealed(graph: Graph): boolean {
  return sealed.has(graph);
}
