import { createBackend } from "@isoconv/backend-reference";
import {
  foldBatchNorm,
  fuseActivation,
  graphFromJson,
  graphToJson,
  type Backend,
  type Graph,
  type Node,
  type Pass,
} from "@isoconv/core-spec";

/** The reference with folding and fusing like other backends, and with one more "optimisation" that is wrong. */
export async function faultyBackend(id: string, fault: Pass): Promise<Backend> {
  const inner = await createBackend();
  return {
    id,
    capabilities: { ...inner.capabilities, runtime: { name: `${id} runtime`, version: "1" } },
    memory: () => inner.memory(),
    dispose: () => inner.dispose(),
    [Symbol.asyncDispose]: () => inner.dispose(),
    compile: (graph, parameters, options) =>
      inner.compile(graph, parameters, { ...options, passes: [foldBatchNorm, fuseActivation, fault] }),
  };
}

/** Wrong edits of single nodes. */
export function editNodes(edit: (node: Node, graph: Graph) => object): Pass {
  return {
    name: "editNodes",
    run: ({ graph, parameters }) => ({
      graph: graphFromJson({ ...graphToJson(graph), nodes: graph.nodes.map((node) => edit(node, graph)) }),
      parameters,
    }),
  };
}

/** Wrong weights: all parameters of the given names are 1 % too large. */
export function scaleParameters(isMeant: (name: string) => boolean): Pass {
  return {
    name: "scaleParameters",
    run: ({ graph, parameters }) => ({
      graph,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, tensor]) => [
          name,
          tensor.dtype === "float32" && isMeant(name)
            ? { ...tensor, data: tensor.data.map((value) => value * 1.01) }
            : tensor,
        ]),
      ),
    }),
  };
}
