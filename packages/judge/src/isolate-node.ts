import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import { graphBuilder, mapOperands, type Graph, type Node, type Tensor, type Value } from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/**
 * A network of a single node, with the given operands. Operands that are parameters of the graph stay parameters; all
 * others are fed. Its only output has the node's name.
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

/** A node alone, and the oracle's result for it. */
export interface NodeAlone {
  readonly alone: FilledNetwork;
  readonly expected: OracleResult;
}

/** Isolates a node and runs the oracle on it. */
export async function oracleAlone(
  graph: Graph,
  node: Node,
  tensorOf: (name: string) => Tensor,
  signal?: AbortSignal,
): Promise<NodeAlone> {
  const alone = isolateNode(graph, node, tensorOf);
  const { [node.name]: expected } = await runOracle(alone.graph, alone.parameters, alone.feeds, { signal });
  if (expected === undefined) throw new Error(`the oracle returned nothing for "${node.name}"`);
  return { alone, expected };
}

/** Reads a graph's values by name; a name without a value is a mistake of the caller. */
export function tensorsOf({ name: graph }: Graph, values: ReadonlyMap<string, Tensor>): (name: string) => Tensor {
  return (name) => {
    const tensor = values.get(name);
    if (tensor === undefined) throw new Error(`no value "${name}" in "${graph}"`);
    return tensor;
  };
}
