import { listOperands } from "../registry.js";
import type { Graph } from "./graph.js";

/**
 * The index of the last node that needs each value: the last that reads it, or the one that makes it where none does.
 * `Infinity` for outputs. Inputs and parameters that nothing reads are absent.
 */
export function lastUses({ nodes, outputs }: Pick<Graph, "nodes" | "outputs">): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, { name, inputs }] of nodes.entries()) {
    last.set(name, index);
    for (const operand of listOperands<string>(inputs)) last.set(operand, index);
  }
  for (const { value } of outputs) last.set(value, Infinity);
  return last;
}
