import { expect, test } from "vitest";
import { float32 } from "../tensor.js";
import { eliminateDeadNodes } from "./eliminate-dead-nodes.js";
import { linesAfter, network } from "./rewritten.test.support.js";

test("eliminateDeadNodes removes unused nodes and parameters, and keeps inputs", () => {
  const graph = network((g, x, w) => {
    const unused = g.parameter("unused", [2]);
    g.add({ a: g.conv2d({ x, w, bias: unused }), b: x });
    return { y: g.relu({ x }) };
  });
  const parameters = { w: float32([2, 2, 1, 1]), unused: float32([2]) };
  const swept = eliminateDeadNodes.run({ graph, parameters });
  expect(swept.graph.parameters).toEqual([]);
  expect(swept.parameters).toEqual({});
  expect(linesAfter(graph, eliminateDeadNodes)).toEqual(["relu: N×2×4×4 = relu(x: x)", "output y = relu"]);
});

test("a parameter that is an output stays", () => {
  const graph = network((_g, x, w) => ({ w, x }));
  const parameters = { w: float32([2, 2, 1, 1]) };
  expect(eliminateDeadNodes.run({ graph, parameters }).parameters).toEqual(parameters);
});
