import { graphBuilder, mapOperands, type Graph, type Node, type Tensor, type Value } from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/**
 * A node as a network of its own, on given operands. What the graph fixes as parameters stays a parameter; everything
 * else is fed. Its only output carries the node's name.
 */
export function isolateNode({ parameters }: Graph, node: Node, tensorOf: (name: string) => Tensor): FilledNetwork {
  const g = graphBuilder(node.name);
  const fixed: Record<string, Tensor> = {};
  const feeds: Record<string, Tensor> = {};
  const known = new Map<string, Value>();
  const isParameter = new Set(parameters.map(({ name }) => name));
  const enter = (name: string): Value => {
    const tensor = tensorOf(name);
    if (isParameter.has(name)) fixed[name] = tensor;
    else feeds[name] = tensor;
    const value = isParameter.has(name) ? g.parameter(name, tensor.shape) : g.input(name, tensor.shape);
    known.set(name, value);
    return value;
  };
  const operands = mapOperands<string, Value>(node.inputs, (name) => known.get(name) ?? enter(name));
  const y = g.apply(node.op, operands, node.attrs, node.name);
  return { graph: g.build({ [node.name]: y }), parameters: fixed, feeds };
}
