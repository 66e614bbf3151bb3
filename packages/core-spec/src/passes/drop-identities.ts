import type { Node } from "../graph/graph.js";
import { shapesOf } from "../graph/graph.js";
import { sameShape, type Shape } from "../shape.js";
import type { AnyAttrs } from "../op.js";
import { listOperands, type OpName } from "../registry.js";
import type { Pass } from "./pass.js";
import { rewriteGraph } from "./rewrite.js";

/** Removes nodes that return their input unchanged: dropout, and movements without effect. */
export const dropIdentities: Pass = {
  name: "dropIdentities",
  run: (network) => {
    const { graph, parameters } = network;
    const shapes = shapesOf(graph);
    const sources = new Map<string, string>();
    for (const node of graph.nodes) {
      const source = identityOf(node, (name) => shapes.get(name) ?? []);
      if (source !== undefined) sources.set(node.name, source);
    }
    if (sources.size === 0) return network;
    const rewritten = rewriteGraph(graph, ({ name }, _g, valueOf) => {
      const source = sources.get(name);
      return source === undefined ? undefined : valueOf(source);
    });
    return { graph: rewritten, parameters };
  },
};

/** The operand that a node returns bit for bit, or `undefined`. */
function identityOf({ op, inputs, attrs, shape }: Node, shapeOf: (name: string) => Shape): string | undefined {
  const operands = listOperands<string>(inputs);
  return isIdentity(op, operands.map(shapeOf), attrs, shape) ? operands[0] : undefined;
}

/** Whether an application of an operation returns its first operand bit for bit. */
export function isIdentity(op: OpName, operands: readonly Shape[], attrs: AnyAttrs, output: Shape): boolean {
  switch (op) {
    case "dropout":
      return true;
    case "flatten":
    case "reshape":
    case "slice":
    case "pad2d":
    case "upsample":
      return sameShape(operands[0] ?? [], output);
    case "transpose": {
      const { permutation } = attrs;
      return Array.isArray(permutation) && permutation.every((axis, index) => axis === index);
    }
    case "concat":
      return operands.length === 1;
    default:
      return false;
  }
}
