import type { Graph, Shape } from "@isoconv/core-spec";

/** An unvalidated graph with the structure of `Graph`. */
export interface RawGraph {
  readonly name: unknown;
  readonly inputs: readonly RawValue[];
  readonly parameters: readonly RawValue[];
  readonly nodes: readonly RawNode[];
  readonly outputs: readonly RawOutput[];
}

export interface RawValue {
  readonly name: unknown;
  readonly shape: unknown;
}

export interface RawNode {
  readonly op: unknown;
  readonly name: unknown;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly attrs: unknown;
  readonly shape?: unknown;
}

export interface RawOutput {
  readonly name: unknown;
  readonly value: unknown;
}

/** An unvalidated copy. It has no recorded shapes, because the next change may invalidate them. */
export function rawCopy({ name, inputs, parameters, nodes, outputs }: Graph): RawGraph {
  return {
    name,
    inputs: inputs.map((input) => ({ ...input })),
    parameters: parameters.map((parameter) => ({ ...parameter })),
    nodes: nodes.map((node) => ({
      op: node.op,
      name: node.name,
      inputs: { ...node.inputs },
      attrs: { ...node.attrs },
    })),
    outputs: outputs.map((output) => ({ ...output })),
  };
}

/** The graph with its last node changed. */
export function withNode(graph: RawGraph, change: (node: RawNode) => RawNode): RawGraph {
  return { ...graph, nodes: graph.nodes.map((node, k) => (k === graph.nodes.length - 1 ? change(node) : node)) };
}

/** The graph with another shape of an input or a parameter. */
export function withShape(graph: RawGraph, name: string, shape: Shape): RawGraph {
  const change = (value: RawValue): RawValue => (value.name === name ? { ...value, shape } : value);
  return { ...graph, inputs: graph.inputs.map(change), parameters: graph.parameters.map(change) };
}

/** The graph with attributes of its last node replaced or added. */
export function withAttributes(graph: RawGraph, changes: Readonly<Record<string, unknown>>): RawGraph {
  return withNode(graph, (node) => ({ ...node, attrs: { ...(node.attrs as object), ...changes } }));
}
