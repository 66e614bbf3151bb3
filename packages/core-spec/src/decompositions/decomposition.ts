import type { Value, GraphBuilder } from "../graph/builder.js";
import type { Attrs, Inputs, OpName } from "../registry.js";

/** Builds an operation from others. Returns the value that replaces the operation's output. */
export type Decomposition<K extends OpName> = (
  g: GraphBuilder,
  inputs: Inputs<K, Value>,
  attrs: Attrs<K>,
  name: string,
) => Value;
