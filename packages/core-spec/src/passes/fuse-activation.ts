import type { Value } from "../graph/builder.js";
import type { Node, NodeOf } from "../graph/graph.js";
import { mapOperands } from "../registry.js";
import type { Pass } from "./pass.js";
import { countUses, rewriteGraph } from "./rewrite.js";

type Activation = NodeOf<"conv2d">["attrs"]["activation"];

/** Moves a relu, or a clip to [0, 6], into the convolution or linear layer whose only reader it is. */
export const fuseActivation: Pass = {
  name: "fuseActivation",
  run: (network) => {
    const { graph, parameters } = network;
    const uses = countUses(graph);
    const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    const fused = new Map<string, { activation: Activation; name: string }>();
    for (const node of graph.nodes) {
      const activation = activationOf(node);
      if (activation === undefined) continue;
      const producer = nodes.get(activation.x);
      const alone = uses.get(activation.x) === 1;
      if (alone && (producer?.op === "conv2d" || producer?.op === "linear") && producer.attrs.activation === "none") {
        fused.set(producer.name, { activation: activation.activation, name: node.name });
      }
    }
    if (fused.size === 0) return network;
    const absorbed = new Map([...fused].map(([producer, { name }]) => [name, producer]));
    const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
      const producer = absorbed.get(node.name);
      if (producer !== undefined) return valueOf(producer);
      const activation = fused.get(node.name);
      if (activation === undefined || (node.op !== "conv2d" && node.op !== "linear")) return undefined;
      const attrs = { ...node.attrs, activation: activation.activation };
      return g.apply(node.op, mapOperands<string, Value>(node.inputs, valueOf), attrs, activation.name);
    });
    return { graph: rewritten, parameters };
  },
};

function activationOf(node: Node): { readonly x: string; readonly activation: Activation } | undefined {
  if (node.op === "relu") return { x: node.inputs.x, activation: "relu" };
  if (node.op === "clip" && node.attrs.min === 0 && node.attrs.max === 6)
    return { x: node.inputs.x, activation: "relu6" };
  return undefined;
}
