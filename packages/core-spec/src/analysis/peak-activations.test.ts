import { describe, expect, it } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import { shapesOf, type Graph } from "../graph/graph.js";
import { listOperands } from "../registry.js";
import { bindShape, elementCount } from "../shape.js";
import { peakActivations } from "./peak-activations.js";

/** A residual and a concatenation over values of many sizes, and a node without a use. */
function branches(): Graph {
  const g = graphBuilder("branches");
  const x = g.input("x", ["N", 2, 8, 8]);
  const other = g.input("other", ["N", 2, 4, 4]);
  const w = g.parameter("w", [2, 2, 3, 3]);
  const a = g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }, "a");
  const sum = g.add({ a, b: x }, {}, "sum");
  g.upsample({ x: sum }, { scales: [3, 3] }, "unused");
  const small = g.maxPool2d({ x: sum }, { kernel: [2, 2], strides: [2, 2] }, "small");
  const early = g.relu({ x: sum }, {}, "early");
  const joined = g.concat({ xs: [small, other, small] }, { axis: 1 }, "joined");
  const late = g.globalAvgPool2d({ x: joined }, {}, "late");
  return g.build({ early, late });
}

/** Sums, for each node, whatever was made by then and is used then or later. */
function bruteForce(graph: Graph, batch: number): readonly number[] {
  const shapes = shapesOf(graph);
  const made = new Map(graph.inputs.map(({ name }) => [name, -1]));
  for (const [index, { name }] of graph.nodes.entries()) made.set(name, index);
  const isNeeded = (name: string, at: number): boolean =>
    made.get(name) === at ||
    graph.outputs.some(({ value }) => value === name) ||
    graph.nodes.slice(Math.max(at, 0)).some(({ inputs }) => listOperands<string>(inputs).includes(name));
  return [-1, ...graph.nodes.keys()].map((at) =>
    [...made]
      .filter(([name, since]) => since <= at && isNeeded(name, at))
      .reduce((sum, [name]) => sum + 4 * elementCount(bindShape(shapes.get(name) ?? [], batch)), 0),
  );
}

describe("peakActivations", () => {
  it.each([1, 3])("is the largest sum of live values, by brute force, for a batch of %i", (batch) => {
    const graph = branches();
    const live = bruteForce(graph, batch);
    const { bytes, at } = peakActivations(graph, batch);
    expect(bytes).toBe(Math.max(...live));
    expect(at).toBe(graph.nodes[live.indexOf(bytes) - 1].name);
    expect(at).toBe("unused");
  });

  it("counts the input beside the first result, and frees it after its last use", () => {
    const g = graphBuilder("chain");
    let x = g.input("x", [1, 100]);
    for (const name of ["a", "b", "c"]) x = g.relu({ x }, {}, name);
    expect(peakActivations(g.build({ y: x }))).toEqual({ bytes: 800, at: "a" });
  });

  it("keeps outputs to the end", () => {
    const g = graphBuilder("kept");
    const a = g.relu({ x: g.input("x", [1, 100]) }, {}, "a");
    const b = g.relu({ x: a }, {}, "b");
    const c = g.relu({ x: b }, {}, "c");
    expect(peakActivations(g.build({ a, c }))).toEqual({ bytes: 1200, at: "c" });
  });

  it("does not count parameters", () => {
    const g = graphBuilder("weights");
    const y = g.linear({ x: g.input("x", [1, 10]), w: g.parameter("w", [5, 10]) }, {}, "y");
    expect(peakActivations(g.build({ y })).bytes).toBe(60);
  });

  it("is at an input where nothing exceeds the inputs", () => {
    const g = graphBuilder("idle");
    const x = g.input("x", [1, 10]);
    g.input("more", [1, 10]);
    expect(peakActivations(g.build({ x }))).toEqual({ bytes: 80, at: "more" });
  });
});
