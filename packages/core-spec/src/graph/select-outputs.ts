import { IsoconvError } from "../error.js";
import { eliminateDeadNodes } from "../passes/eliminate-dead-nodes.js";
import { shapesOf, type Graph } from "./graph.js";
import { sealGraph } from "./seal.js";

/**
 * The part of a graph that makes the given values: its outputs are the keys of `outputs`, each the value it names. Nodes
 * and parameters that none of them needs are gone; inputs stay.
 *
 * @throws IsoconvError `INVALID_GRAPH` without outputs, or for a name that is no value of the graph
 */
export function selectOutputs(graph: Graph, outputs: Readonly<Record<string, string>>): Graph {
  const selected = Object.entries(outputs).map(([name, value]) => Object.freeze({ name, value }));
  const values = shapesOf(graph);
  const unknown = selected.find(({ value }) => !values.has(value));
  if (selected.length === 0 || unknown !== undefined) {
    throw new IsoconvError("INVALID_GRAPH", {
      path: unknown === undefined ? "outputs" : `outputs.${unknown.name}`,
      what: unknown === undefined ? "no outputs" : `"${graph.name}" has no such value`,
      expected: unknown === undefined ? "at least one" : "the name of an input, a parameter or a node",
      received: unknown?.value ?? outputs,
    });
  }
  return eliminateDeadNodes.run({ graph: sealGraph({ ...graph, outputs: selected }), parameters: {} }).graph;
}
