import {
  defaultPasses,
  listOperands,
  mapOperands,
  rewriteGraph,
  type AnyInputs,
  type Backend,
  type Graph,
  type GraphBuilder,
  type Node,
  type Pass,
  type Value,
} from "@isoconv/core-spec";
import { hostBackend } from "@isoconv/conformance/faults";

/** The backend with a pass before its own. */
export function withPass(isFaulty: boolean, id: string, run: Pass["run"]): Backend {
  return hostBackend(id, { passes: [...(isFaulty ? [{ name: "wrong", run }] : []), ...defaultPasses] });
}

/** Zeros in the shape of a value. */
export function zerosLike(g: GraphBuilder, x: Value): Value {
  return g.clip({ x: g.clip({ x }, { min: 0, max: 0 }, g.freshName("zero")) }, { min: 0, max: 0 }, g.freshName("zero"));
}

/** The node with other operands. */
export function withOperands(node: Node, g: GraphBuilder, operand: (name: string, path: string) => Value): Value {
  const inputs: AnyInputs<Value> = mapOperands<string, Value>(node.inputs, operand);
  return g.apply(node.op, inputs, node.attrs, node.name);
}

/** The number of operands that refer to each value. */
export function readersOf({ nodes }: Graph): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const { inputs } of nodes) {
    for (const name of listOperands<string>(inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  return readers;
}

/** A pair of nodes of which the second is the only reader of the first. */
export function pairsOf(graph: Graph, isPair: (first: Node, second: Node) => boolean): ReadonlyMap<string, Node> {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const readers = readersOf(graph);
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const pairs = new Map<string, Node>();
  for (const second of graph.nodes) {
    for (const name of listOperands<string>(second.inputs)) {
      const first = nodes.get(name);
      if (first === undefined || readers.get(name) !== 1 || outputs.has(name)) continue;
      if (isPair(first, second)) pairs.set(second.name, first);
    }
  }
  return pairs;
}

/** Rewrites every second node of a pair. */
export function rewritePairs(
  graph: Graph,
  pairs: ReadonlyMap<string, Node>,
  rewrite: (first: Node, second: Node, g: GraphBuilder, valueOf: (name: string) => Value) => Value | undefined,
): Graph {
  return rewriteGraph(graph, (node, g, valueOf) => {
    const first = pairs.get(node.name);
    return first === undefined ? undefined : rewrite(first, node, g, valueOf);
  });
}
