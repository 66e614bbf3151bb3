import { sealGraph } from "../graph/seal.js";
import { listOperands } from "../registry.js";
import type { Pass } from "./pass.js";

/**
 * Removes nodes and parameters that no output depends on. Inputs stay, because they are part of the caller's interface.
 */
export const eliminateDeadNodes: Pass = {
  name: "eliminateDeadNodes",
  run: (network) => {
    const { graph, parameters } = network;
    const live = new Set(graph.outputs.map(({ value }) => value));
    for (const node of graph.nodes.toReversed()) {
      if (live.has(node.name)) listOperands<string>(node.inputs).forEach((name) => live.add(name));
    }
    const isLive = ({ name }: { readonly name: string }): boolean => live.has(name);
    if (graph.nodes.every(isLive) && graph.parameters.every(isLive)) return network;
    return {
      graph: sealGraph({ ...graph, parameters: graph.parameters.filter(isLive), nodes: graph.nodes.filter(isLive) }),
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => live.has(name))),
    };
  },
};
