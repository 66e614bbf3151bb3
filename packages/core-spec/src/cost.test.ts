import { expect, test } from "vitest";
import { graphCost, nodeCost } from "./cost.js";
import { graphBuilder } from "./graph/builder.js";
import { shapesOf } from "./graph/graph.js";

const g = graphBuilder("net");
const x = g.input("x", ["N", 2, 4, 4]);
const w = g.parameter("w", [3, 2, 3, 3]);
const y = g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }, "conv");
const graph = g.build({ y: g.add({ a: y, b: y }, {}, "sum") });

test("a node reads its operands, writes its output and multiplies", () => {
  expect(nodeCost(graph.nodes[0], shapesOf(graph), 2)).toEqual({
    macs: 2 * 3 * 16 * 18,
    bytesRead: 4 * (2 * 32 + 54),
    bytesWritten: 4 * (2 * 48),
  });
});

test("a graph costs the sum of its nodes, at batch 1 by default", () => {
  expect(graphCost(graph)).toEqual({ macs: 864, bytesRead: 4 * (32 + 54 + 96), bytesWritten: 4 * 96 });
  expect(graphCost(graph, 0)).toEqual({ macs: 0, bytesRead: 4 * 54, bytesWritten: 0 });
  expect(graphCost(graph, 3).macs).toBe(3 * 864);
});
