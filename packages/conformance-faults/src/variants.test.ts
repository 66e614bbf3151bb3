import { opNames, type Backend, type ConcreteShape } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import {
  exampleNetwork,
  type Fill,
  fillNetwork,
  judgeNetwork,
  Memo,
  type NetworkSpec,
  oneOpNetwork,
  positives,
} from "@isoconv/judge";
import { hostBackend, type Variant } from "@isoconv/conformance/faults";
import { f4x4, winogradConv2d } from "./winograd.js";
import { variants } from "./variants.js";

const memo = new Memo();

async function judge(backend: Backend, spec: NetworkSpec): Promise<{ reason: string | undefined; share: number }> {
  const network = fillNetwork(spec, backend.capabilities);
  const executable = await backend.compile(network.graph, network.parameters);
  const results = await executable.run(network.feeds);
  const question = { key: spec.graph.name, network, exactly: false };
  const { reason, shares } = await judgeNetwork(question, results, backend.capabilities, memo);
  return { reason, share: Math.max(0, ...shares.map(({ share }) => share)) };
}

const conv = (name: string, x: ConcreteShape, w: ConcreteShape, attrs = {}): NetworkSpec =>
  oneOpNetwork(name, "conv2d", { x, w, bias: [w[0]] }, attrs);

const line = { axis: 1, epsilon: 1e-5 };
const wide: Fill = { kind: "uniform", low: -60, high: 60 };
const far: Fill = { kind: "uniform", low: 99, high: 101 };
const large: Fill = { kind: "uniform", low: -100, high: 100 };

const networks: readonly NetworkSpec[] = [
  conv("k3", [2, 3, 9, 10], [4, 3, 3, 3], { pads: [1, 1, 1, 1] }),
  conv("k3-one-channel", [1, 1, 12, 12], [1, 1, 3, 3]),
  conv("k3-grouped", [1, 8, 7, 7], [8, 4, 3, 3], { groups: 2, pads: [1, 0, 2, 1] }),
  conv("depthwise-strides", [1, 6, 9, 9], [6, 1, 3, 3], { groups: 6, strides: [2, 2] }),
  conv("terms-4608", [1, 512, 4, 4], [2, 512, 3, 3]),
  oneOpNetwork("linear-4608", "linear", { x: [3, 4608], w: [4, 4608], bias: [4] }, {}),
  oneOpNetwork("linear-64", "linear", { x: [3, 64], w: [16, 64] }, {}),
  oneOpNetwork("softmax-4096", "softmax", { x: [2, 4096] }, { axis: 1 }),
  oneOpNetwork("softmax-apart", "softmax", { x: [2, 40] }, { axis: 1 }, { fills: { x: wide } }),
  oneOpNetwork("layer-norm-4096", "layerNorm", { x: [2, 4096], scale: [4096], offset: [4096] }, line),
  oneOpNetwork("layer-norm-far", "layerNorm", { x: [2, 4096] }, line, { fills: { x: far } }),
  oneOpNetwork("mean-4096", "mean", { x: [2, 4096] }, { axes: [1] }, { fills: { x: positives } }),
  oneOpNetwork(
    "positive-4608",
    "linear",
    { x: [2, 4608], w: [3, 4608] },
    {},
    { fills: { x: positives, w: positives } },
  ),
  oneOpNetwork("lrn-large", "lrn", { x: [1, 8, 2, 2] }, { size: 5, alpha: 1 }, { fills: { x: large } }),
  oneOpNetwork("average-256", "globalAvgPool2d", { x: [1, 2, 16, 16] }, {}),
];

describe.each(variants.map((variant): [string, Variant] => [variant.name, variant]))("%s", (_name, variant) => {
  test.each(networks.map((network): [string, NetworkSpec] => [network.graph.name, network]))(
    "stays within its bound on %s",
    async (_network, network) => {
      const backend = await variant.create();
      if (network.graph.nodes.some(({ op }) => typeof backend.capabilities.ops[op] !== "string")) {
        return expect(judge(backend, network)).rejects.toThrow("UNSUPPORTED");
      }
      const { reason, share } = await judge(backend, network);
      expect(reason).toBeUndefined();
      expect(share).toBeLessThanOrEqual(1);
    },
  );

  test("agrees on every operation it supports", async () => {
    const backend = await variant.create();
    for (const op of opNames.filter((op) => typeof backend.capabilities.ops[op] === "string")) {
      expect((await judge(backend, exampleNetwork(op, `example/${op}`))).reason, op).toBeUndefined();
    }
  });
});

test("Winograd is right to a few roundings with groups and with tiles that overhang the result", async () => {
  const backend = hostBackend("winograd", {
    kernels: { conv2d: winogradConv2d(f4x4) },
    capabilities: { convAlgorithm: "fast" },
  });
  const { share } = await judge(
    backend,
    conv("overhang", [1, 4, 7, 6], [4, 2, 3, 3], { groups: 2, pads: [2, 1, 0, 1] }),
  );
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.2);
});
