import type { Node } from "../graph/graph.js";
import { shapesOf } from "../graph/graph.js";
import { sameShape, type Shape } from "../shape.js";
import type { Pass } from "./pass.js";
import { rewriteGraph } from "./rewrite.js";

/** Removes nodes that return their input unchanged: dropout, and movements without effect. */
export const dropIdentities: Pass = {
  name: "dropIdentities",
  run: ({ graph, parameters }) => {
    const shapes = shapesOf(graph);
    const rewritten = rewriteGraph(graph, (node, _g, valueOf) => {
      const source = identityOf(node, (name) => shapes.get(name) ?? []);
      return source === undefined ? undefined : valueOf(source);
    });
    return { graph: rewritten, parameters };
  },
};

/** The operand that a node returns bit for bit, or `undefined`. */
function identityOf(node: Node, shapeOf: (name: string) => Shape): string | undefined {
  switch (node.op) {
    case "dropout":
      return node.inputs.x;
    case "flatten":
    case "reshape":
    case "slice":
    case "pad2d":
    case "upsample":
      return sameShape(shapeOf(node.inputs.x), node.shape) ? node.inputs.x : undefined;
    case "transpose":
      return node.attrs.permutation.every((axis, index) => axis === index) ? node.inputs.x : undefined;
    case "concat":
      return node.inputs.xs.length === 1 ? node.inputs.xs[0] : undefined;
    default:
      return undefined;
  }
}
