import {
  listOperands,
  selectOutputs,
  type Backend,
  type Graph,
  type Parameters,
  type Tensors,
} from "@isoconv/core-spec";
import type { Network } from "../../../engine/network.js";

/** Only what the named values need of a network. */
export function partOf(
  { model, parameters }: Network,
  values: readonly string[],
): { graph: Graph; parameters: Parameters } {
  const graph = selectOutputs(model.graph, Object.fromEntries(values.map((name) => [name, name])));
  const own = graph.parameters.flatMap(({ name }) => {
    const tensor = parameters[name];
    return tensor === undefined ? [] : [[name, tensor] as const];
  });
  return { graph, parameters: Object.fromEntries(own) };
}

/** Values that a node is computed from, inputs and parameters apart. */
export function operandsOf({ nodes }: Graph, name: string): readonly string[] {
  const names = new Set(nodes.map((node) => node.name));
  const node = nodes.find((each) => each.name === name);
  return node === undefined
    ? []
    : [...new Set(listOperands<string>(node.inputs))].filter((operand) => names.has(operand));
}

/** Compiles, runs once and lets go. */
export async function runOnce(
  backend: Backend,
  graph: Graph,
  parameters: Parameters,
  feeds: Tensors,
  signal: AbortSignal,
): Promise<{ readonly results: Tensors; readonly milliseconds: number }> {
  const start = performance.now();
  await using executable = await backend.compile(graph, parameters);
  signal.throwIfAborted();
  const results = await executable.run(feeds, { signal });
  return { results, milliseconds: performance.now() - start };
}
