import { expect, test } from "vitest";
import type { GraphBuilder, Value } from "../graph/builder.js";
import { fuseActivation } from "./fuse-activation.js";
import { linesAfter, network } from "./rewritten.test.support.js";

test("fuseActivation moves relu and relu6 into the layer whose only reader they are", () => {
  const graph = network((g, x, w) => {
    const conv = g.relu({ x: g.conv2d({ x, w }, {}, "conv") }, {}, "act");
    const features = g.parameter("features", [3, 4]);
    const linear = g.linear({ x: conv, w: features }, {}, "linear");
    return { y: g.clip({ x: linear }, { min: 0, max: 6 }, "act6") };
  });
  expect(linesAfter(graph, fuseActivation)).toEqual([
    "act: N×2×4×4 = conv2d(x: x, w: w) activation=relu",
    "act6: N×2×4×3 = linear(x: act, w: features) activation=relu6",
    "output y = act6",
  ]);
});

test.each<readonly [string, (g: GraphBuilder, x: Value, w: Value) => Record<string, Value>]>([
  ["a layer two consumers share", (g, x, w) => shared(g, g.conv2d({ x, w }))],
  ["a layer that is itself an output", (g, x, w) => asOutput(g, g.conv2d({ x, w }))],
  ["a layer that has an activation", (g, x, w) => ({ y: g.relu({ x: g.conv2d({ x, w }, { activation: "relu6" }) }) })],
  ["another clip", (g, x, w) => ({ y: g.clip({ x: g.conv2d({ x, w }) }, { min: 0, max: 5 }) })],
  ["an activation that no layer feeds", (g, x) => ({ y: g.relu({ x: g.add({ a: x, b: x }) }) })],
])("fuseActivation does not change %s", (_what, body) => {
  const graph = network(body);
  expect(linesAfter(graph, fuseActivation)).toEqual(linesAfter(graph));
});

const shared = (g: GraphBuilder, y: Value): Record<string, Value> => ({ a: g.relu({ x: y }), b: g.relu({ x: y }) });
const asOutput = (g: GraphBuilder, y: Value): Record<string, Value> => ({ y, act: g.relu({ x: y }) });
