import { decompositions, isDecomposable, type DecomposableOp } from "../decompositions/index.js";
import type { Decomposition } from "../decompositions/decomposition.js";
import type { GraphBuilder, Value } from "../graph/builder.js";
import { mapInputs, type Attrs, type Inputs, type OpName } from "../registry.js";
import type { Pass } from "./pass.js";
import { rewriteGraph } from "./rewrite.js";

/** Replaces the given operations by their decompositions. */
export function decompose(names: ReadonlySet<OpName>): Pass {
  return {
    name: "decompose",
    run: (network) => {
      const { graph, parameters } = network;
      if (!graph.nodes.some(({ op }) => names.has(op))) return network;
      const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
        if (!names.has(node.op) || !isDecomposable(node)) return undefined;
        return expand(decompositions, node, g, valueOf);
      });
      return { graph: rewritten, parameters };
    },
  };
}

interface Expandable<K extends DecomposableOp> {
  readonly op: K;
  readonly name: string;
  readonly inputs: Inputs<K, string>;
  readonly attrs: Attrs<K>;
}

function expand<K extends DecomposableOp>(
  table: { readonly [P in K]: Decomposition<P> },
  node: Expandable<K>,
  g: GraphBuilder,
  valueOf: (name: string) => Value,
): Value {
  return table[node.op](g, mapInputs(node.inputs, valueOf), node.attrs, node.name);
}
