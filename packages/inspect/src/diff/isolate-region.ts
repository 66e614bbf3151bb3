import {
  graphBuilder,
  listOperands,
  mapOperands,
  type Graph,
  type Node,
  type Tensor,
  type Value,
} from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";

/**
 * Some nodes of a graph as a network of their own, with the given operands. Parameters of the graph stay parameters;
 * results of other nodes are fed. The outputs are the values used outside the region, under their own names.
 *
 * @param nodes in the graph's order, at least one
 */
export function isolateRegion(graph: Graph, nodes: readonly Node[], tensorOf: (name: string) => Tensor): FilledNetwork {
  const g = graphBuilder(nodes.map(({ op }) => op).join("-"));
  const isParameter = new Set(graph.parameters.map(({ name }) => name));
  const parameters: Record<string, Tensor> = {};
  const feeds: Record<string, Tensor> = {};
  const known = new Map<string, Value>();
  const enter = (name: string): Value => {
    const tensor = tensorOf(name);
    const fixed = isParameter.has(name);
    (fixed ? parameters : feeds)[name] = tensor;
    const value = fixed ? g.parameter(name, tensor.shape) : g.input(name, tensor.shape);
    known.set(name, value);
    return value;
  };
  for (const node of nodes) {
    const operands = mapOperands<string, Value>(node.inputs, (name) => known.get(name) ?? enter(name));
    known.set(node.name, g.apply(node.op, operands, node.attrs, node.name));
  }
  const outputs = leavingNodes(graph, nodes).map(({ name }): [string, Value] => [name, known.get(name) ?? enter(name)]);
  return { graph: g.build(outputs), parameters, feeds };
}

/** Nodes of a region whose results are read outside it, or are outputs. */
export function leavingNodes(graph: Graph, region: readonly Node[]): readonly Node[] {
  const inside = new Set(region.map(({ name }) => name));
  const read = new Set([
    ...graph.outputs.map(({ value }) => value),
    ...graph.nodes.filter(({ name }) => !inside.has(name)).flatMap(({ inputs }) => [...listOperands<string>(inputs)]),
  ]);
  return region.filter(({ name }) => read.has(name));
}
