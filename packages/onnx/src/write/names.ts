import type { Graph } from "@isoconv/core-spec";

/** The names of a graph's values in the model. */
export interface Names {
  /** The tensor of a node's result. */
  nodeTensor(name: string): string;
  /** The tensor of each output, in order. `copyOf` names the value to copy if the tensor is not that of a node. */
  readonly outputs: readonly { readonly name: string; readonly tensor: string; readonly copyOf: string | undefined }[];
}

/** Names of a graph contain no `#`, so names with one are free for this module. */
export const MARK = "#";

/**
 * ONNX has one name space for inputs, constants, results and outputs; a graph has two. The node that an output returns
 * gets the output's name, so that no copy is needed; inputs and parameters always keep their names.
 */
export function chooseNames(graph: Graph): Names {
  const entering = new Set([...graph.inputs, ...graph.parameters].map(({ name }) => name));
  const nodes = new Set(graph.nodes.map(({ name }) => name));
  const ofNode = new Map<string, string>();
  const outputs = graph.outputs.map(({ name, value }) => {
    const tensor = entering.has(name) ? `${name}${MARK}output` : name;
    if (!nodes.has(value) || ofNode.has(value)) return { name, tensor, copyOf: value };
    ofNode.set(value, tensor);
    return { name, tensor, copyOf: undefined };
  });
  const taken = new Set(outputs.map(({ tensor }) => tensor));
  return {
    nodeTensor: (name) => ofNode.get(name) ?? (taken.has(name) ? `${name}${MARK}value` : name),
    outputs,
  };
}
