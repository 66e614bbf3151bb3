import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import type { Graph, Node } from "../graph/graph.js";
import { listOperands, mapOperands } from "../registry.js";

/**
 * Rebuilds a graph node by node. `visit` returns another value to replace the node (an operand or a new node), or
 * `undefined` to keep it. Inputs, parameters and output names stay.
 */
export function rewriteGraph(
  graph: Graph,
  visit: (node: Node, g: GraphBuilder, valueOf: (name: string) => Value) => Value | undefined,
): Graph {
  const names = new Set(graph.nodes.map((node) => node.name));
  const g = graphBuilder(graph.name, names);
  const values = new Map<string, Value>();
  const valueOf = (name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the graph refers to ${name} before defining it`);
    return value;
  };
  for (const { name, shape } of graph.inputs) values.set(name, g.input(name, shape));
  for (const { name, shape } of graph.parameters) values.set(name, g.parameter(name, shape));
  for (const node of graph.nodes) values.set(node.name, visit(node, g, valueOf) ?? copyNode(node, g, valueOf));
  return g.build(graph.outputs.map(({ name, value }) => [name, valueOf(value)] as const));
}

/** The same node with the rewritten operands. */
export function copyNode(node: Node, g: GraphBuilder, valueOf: (name: string) => Value): Value {
  return g.apply(node.op, mapOperands<string, Value>(node.inputs, valueOf), node.attrs, node.name);
}

/** How many operands and outputs refer to each value. */
export function countUses(graph: Graph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const use = (name: string): void => void uses.set(name, (uses.get(name) ?? 0) + 1);
  for (const node of graph.nodes) listOperands<string>(node.inputs).forEach(use);
  for (const { value } of graph.outputs) use(value);
  return uses;
}
