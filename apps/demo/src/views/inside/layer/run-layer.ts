import { isolateNode, type FilledNetwork } from "@isoconv/judge";
import {
  IsoconvError,
  listOperands,
  selectOutputs,
  type Backend,
  type Graph,
  type Node,
  type Parameters,
  type Tensor,
  type Tensors,
} from "@isoconv/core-spec";
import type { Network } from "../../../engine/network.js";

/** The part of a network that the named values need. */
export function partOf(
  { model, parameters }: Network,
  values: readonly string[],
): { graph: Graph; parameters: Parameters } {
  const graph = selectOutputs(model.graph, new Map(values.map((name) => [name, name])));
  const own = graph.parameters.flatMap(({ name }) => {
    const tensor = parameters[name];
    return tensor === undefined ? [] : [[name, tensor] as const];
  });
  return { graph, parameters: Object.fromEntries(own) };
}

/** @throws IsoconvError `INVALID_GRAPH` if no node has that name */
export function nodeOf({ model }: Network, name: string): Node {
  const node = model.graph.nodes.find((each) => each.name === name);
  if (node === undefined) throw new IsoconvError("INVALID_GRAPH", { node: name, what: "the network has no such node" });
  return node;
}

/** The values that a node is computed from, other than inputs and parameters of the network. */
export function operandsOf({ nodes }: Graph, node: Node): readonly string[] {
  const names = new Set(nodes.map(({ name }) => name));
  return [...new Set(listOperands<string>(node.inputs))].filter((operand) => names.has(operand));
}

/** A network of one node, fed with the operands from a backend. */
export function aloneOn(operands: Tensors, node: Node, { model, parameters }: Network): FilledNetwork {
  return isolateNode(model.graph, node, (name): Tensor => {
    const tensor = operands[name] ?? parameters[name];
    if (tensor === undefined) throw new IsoconvError("INVALID_GRAPH", { node: name, what: "the value is missing" });
    return tensor;
  });
}

/** The value of a network's only node. */
export async function runAlone(
  backend: Backend,
  node: Node,
  alone: FilledNetwork,
  signal: AbortSignal,
): Promise<{ readonly value: Tensor; readonly milliseconds: number }> {
  const { results, milliseconds } = await runOnce(backend, alone, signal);
  const { [node.name]: value } = results;
  if (value === undefined) throw new IsoconvError("EXECUTION_FAILED", { node: node.name, what: "not returned" });
  return { value, milliseconds };
}

/** Compiles, runs once and disposes. */
export async function runOnce(
  backend: Backend,
  { graph, parameters, feeds }: FilledNetwork,
  signal: AbortSignal,
): Promise<{ readonly results: Tensors; readonly milliseconds: number }> {
  const start = performance.now();
  const executable = await backend.compile(graph, parameters);
  try {
    signal.throwIfAborted();
    const results = await executable.run(feeds, { signal });
    return { results, milliseconds: performance.now() - start };
  } finally {
    await executable.dispose();
  }
}
