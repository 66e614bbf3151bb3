import { defaultPasses, graphFromJson, graphToJson, type Graph, type Node, type Pass } from "@isoconv/core-spec";
import { faultOf } from "@isoconv/conformance/faults";

/** The graph with the attributes of some nodes changed. */
function withAttributes(graph: Graph, changed: (node: Node) => Readonly<Record<string, unknown>>): Graph {
  const json = graphToJson(graph);
  const nodes = graph.nodes.map((node) => ({ ...node, attrs: { ...node.attrs, ...changed(node) } }));
  return graphFromJson({ ...json, nodes });
}

const fuseShared: Pass = {
  name: "fuseShared",
  run: ({ graph, parameters }) => {
    const activated = new Set(graph.nodes.flatMap((node) => (node.op === "relu" ? [node.inputs.x] : [])));
    const fused = (node: Node): Readonly<Record<string, unknown>> =>
      node.op === "conv2d" && activated.has(node.name) ? { activation: "relu" } : {};
    return { graph: withAttributes(graph, fused), parameters };
  },
};

export const fusesSharedRelu = faultOf(
  {
    name: "fuses-shared-relu",
    bug: "relu is fused into a convolution whose result without relu is also used, as in DenseNet and pre-activation ResNets.",
    killedBy: ["relation", "contract", "trap"],
    ops: ["conv2d", "relu"],
  },
  () => ({ passes: [fuseShared, ...defaultPasses] }),
);

const foldWithWrongEpsilon: Pass = {
  name: "foldWithWrongEpsilon",
  run: ({ graph, parameters }) => {
    const convolutions = new Set(graph.nodes.flatMap(({ op, name }) => (op === "conv2d" ? [name] : [])));
    const forced = (node: Node): Readonly<Record<string, unknown>> =>
      node.op === "batchNorm" && convolutions.has(node.inputs.x) ? { epsilon: 1e-3 } : {};
    return { graph: withAttributes(graph, forced), parameters };
  },
};

export const foldsWithWrongEpsilon = faultOf(
  {
    name: "folds-with-wrong-epsilon",
    bug: "Folding batchNorm into the preceding convolution uses ε = 1e-3; batchNorm alone is correct.",
    killedBy: ["relation", "model", "trap"],
    ops: ["conv2d", "batchNorm"],
  },
  () => ({ passes: [foldWithWrongEpsilon, ...defaultPasses] }),
);
