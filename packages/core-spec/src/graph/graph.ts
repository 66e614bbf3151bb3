import type { Attrs, Inputs, OpName } from "../registry.js";
import type { Shape } from "../shape.js";

/** A named value that enters a graph: float32, of the given shape. */
export interface ValueSpec {
  readonly name: string;
  readonly shape: Shape;
}

/** One application of an operation. Its only output carries the node's name. */
export interface NodeOf<K extends OpName> {
  readonly op: K;
  readonly name: string;
  /** The names of inputs, parameters or earlier nodes. */
  readonly inputs: Inputs<K, string>;
  readonly attrs: Attrs<K>;
  readonly shape: Shape;
}
/** A node of any operation; `op` discriminates the union. */
export type Node = { [K in OpName]: NodeOf<K> }[OpName];

/** A result: `name` is what callers see, `value` the input, parameter or node it comes from. */
export interface GraphOutput {
  readonly name: string;
  readonly value: string;
}

/**
 * A network as immutable data: nodes in topological order, values by unique name. Made by a `GraphBuilder` or read by
 * `graphFromJson`, both of which validate; never edited.
 */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueSpec[];
  readonly parameters: readonly ValueSpec[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly GraphOutput[];
}

/** The shape of every value of a graph by name. */
export function shapesOf(graph: Graph): ReadonlyMap<string, Shape> {
  return new Map([...graph.inputs, ...graph.parameters, ...graph.nodes].map(({ name, shape }) => [name, shape]));
}
