import { graphBuilder, type Graph, type OpName } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import type { Fill } from "./network/fill.js";
import { fillNetwork, type NetworkSpec } from "./network/network-spec.js";
import { oneOpNetwork } from "./network/example-network.js";
import { nonFiniteReach } from "./undetermined.js";

const sums: readonly (readonly [OpName, NetworkSpec])[] = [
  oneOpNetwork(
    "conv",
    "conv2d",
    { x: ["N", 4, 9, 8], w: [6, 2, 3, 2], bias: [6] },
    { groups: 2, strides: [2, 1], dilations: [1, 2], pads: [1, 0, 2, 1] },
  ),
  oneOpNetwork(
    "transposed",
    "convTranspose2d",
    { x: ["N", 4, 5, 4], w: [4, 3, 3, 3], bias: [3] },
    { strides: [2, 3], pads: [1, 0, 0, 1] },
  ),
  oneOpNetwork("linear", "linear", { x: ["N", 5, 7], w: [3, 7], bias: [3] }, {}),
  oneOpNetwork("average", "avgPool2d", { x: ["N", 2, 7, 6] }, { kernel: [3, 2], strides: [2, 2], pads: [1, 0, 1, 1] }),
  oneOpNetwork("adaptive", "adaptiveAvgPool2d", { x: ["N", 2, 7, 6] }, { outputSize: [3, 4] }),
  oneOpNetwork("global", "globalAvgPool2d", { x: ["N", 5, 3, 4] }, {}),
  oneOpNetwork("mean", "mean", { x: ["N", 5, 3, 4] }, { axes: [1, 3] }),
  oneOpNetwork(
    "norm",
    "batchNorm",
    { x: ["N", 3, 4, 5], mean: [3], variance: [3], scale: [3], offset: [3] },
    { epsilon: 0.5 },
  ),
].map((spec) => [spec.graph.nodes[0].op, spec]);

/** The graph with another node, so that its operation is not alone. */
function beside(graph: Graph): Graph {
  const g = graphBuilder("beside");
  const [node] = graph.nodes;
  const values = new Map(
    [
      ...graph.inputs.map(({ name, shape }) => g.input(name, shape)),
      ...graph.parameters.map(({ name, shape }) => g.parameter(name, shape)),
    ].map((value) => [value.name, value]),
  );
  const inputs = Object.fromEntries(Object.entries(node.inputs).map(([key, name]) => [key, values.get(String(name))!]));
  const y = g.apply(node.op, inputs, node.attrs);
  return g.build({ [graph.outputs[0].name]: y, other: g.sigmoid({ x: values.get("x")! }) });
}

it.each(sums)("finds what NaN and ∞ reach of a sum as replacing them does: %s", async (_op, { graph, fills: own }) => {
  const noise: Fill = { kind: "uniform", low: 0.5, high: 1.5 };
  for (const { name: target } of [...graph.inputs, ...graph.parameters]) {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const patches = [3, 17].map((index) => ({ index, value }));
      const fills: NetworkSpec["fills"] = { ...own, [target]: { kind: "patched", base: noise, patches } };
      const spec = { batch: 2, seed: 1, fills };
      const alone = await nonFiniteReach(fillNetwork({ ...spec, graph }, { arithmetic: "f32" }));
      const replaced = await nonFiniteReach(fillNetwork({ ...spec, graph: beside(graph) }, { arithmetic: "f32" }));
      const [{ name }] = graph.outputs;
      expect(alone?.[name]).toEqual(replaced?.[name]);
      if (target === "x") expect(alone?.[name]).toContain(1);
    }
  }
});

it("counts a window that lrn reads, also where a power of 0 hides it from the oracle", async () => {
  const x: Fill = {
    kind: "patched",
    base: { kind: "uniform", low: 0.5, high: 1.5 },
    patches: [{ index: 1, value: Infinity }],
  };
  const reachOf = async (beta: number): Promise<readonly number[]> => {
    const { graph } = oneOpNetwork("lrn", "lrn", { x: ["N", 5, 1, 1] }, { size: 3, alpha: 1, beta, bias: 1 });
    const network = fillNetwork({ graph, batch: 1, seed: 1, fills: { x } }, { arithmetic: "f32" });
    return [...((await nonFiniteReach(network))?.["y"] ?? [])];
  };
  expect(await reachOf(0)).toEqual([1, 1, 1, 0, 0]);
  expect(await reachOf(1)).toEqual([1, 1, 1, 0, 0]);
});
