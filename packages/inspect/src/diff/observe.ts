import { graphFromJson, graphToJson, type Graph, type Node } from "@isoconv/core-spec";

/**
 * The graph with the results of the given nodes as additional outputs, each under the node's own name. A returned value
 * is not fused away, so it is really computed.
 */
export function observe(graph: Graph, nodes: Iterable<Node>): Graph {
  const isNode = new Set(graph.nodes.map(({ name }) => name));
  const names = new Set([
    ...graph.outputs.map(({ value }) => value).filter((value) => isNode.has(value)),
    ...[...nodes].map(({ name }) => name),
  ]);
  return graphFromJson({ ...graphToJson(graph), outputs: [...names].map((name) => ({ name, value: name })) });
}
