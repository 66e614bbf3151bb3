import { IsoconvError } from "../error.js";
import { eliminateDeadNodes } from "../passes/eliminate-dead-nodes.js";
import { shapesOf, type Graph } from "./graph.js";
import { outputEntries, type Outputs } from "./outputs.js";
import { sealGraph } from "./seal.js";

/**
 * The part of a graph that computes the given values. The outputs have the order given, each with the name of its
 * value. Nodes and parameters that none of them needs are removed; inputs stay.
 *
 * @throws IsoconvError `INVALID_GRAPH` in the cases listed at `Outputs`, and for a name that is no value of the graph
 */
export function selectOutputs(graph: Graph, outputs: Outputs<string>): Graph {
  const selected = outputEntries(outputs).map(([name, value]) => Object.freeze({ name, value }));
  const values = shapesOf(graph);
  const unknown = selected.find(({ value }) => !values.has(value));
  if (unknown !== undefined) {
    throw new IsoconvError("INVALID_GRAPH", {
      path: `outputs.${unknown.name}`,
      what: `"${graph.name}" has no such value`,
      expected: "the name of an input, a parameter or a node",
      received: unknown.value,
    });
  }
  return eliminateDeadNodes.run({ graph: sealGraph({ ...graph, outputs: selected }), parameters: {} }).graph;
}
