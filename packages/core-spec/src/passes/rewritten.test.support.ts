import { expect } from "vitest";
import { graphBuilder, type GraphBuilder, type Value } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { graphFromJson, graphToJson } from "../graph/json.js";
import { printGraph } from "../graph/print.js";
import { isSealed } from "../graph/seal.js";
import { float32 } from "../tensor.js";
import { runPasses } from "./index.js";
import type { Pass } from "./pass.js";

/** A graph over an image "x" and 1×1 filters "w"; `body` returns the outputs. */
export function network(body: (g: GraphBuilder, x: Value, w: Value) => Record<string, Value>): Graph {
  const g = graphBuilder("net");
  const x = g.input("x", ["N", 2, 4, 4]);
  return g.build(body(g, x, g.parameter("w", [2, 2, 1, 1])));
}

/** The graph after the pass, one line per value, without the name and the graph line. */
export function linesAfter(graph: Graph, ...passes: Pass[]): string[] {
  const parameters = Object.fromEntries(
    graph.parameters.map(({ name, shape }) => [name, float32(shape.map(Number))] as const),
  );
  const { graph: rewritten } = runPasses({ graph, parameters }, passes);
  expect(isSealed(rewritten)).toBe(true);
  expect(graphFromJson(graphToJson(rewritten))).toEqual(rewritten);
  expect(rewritten.inputs).toEqual(graph.inputs);
  expect(rewritten.outputs.map(({ name }) => name)).toEqual(graph.outputs.map(({ name }) => name));
  return printGraph(rewritten)
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !/^(graph|input|parameter) /.test(line));
}
