import { createBackend } from "@isoconv/backend-reference";
import { listOperands, type Backend, type Pass } from "@isoconv/core-spec";
import { afterEach, describe, expect, it } from "vitest";
import { networkOf } from "../bench/subject.js";
import { variants } from "@isoconv/conformance-faults";
import type { FilledNetwork } from "@isoconv/judge";
import type { Divergence } from "./divergence.js";
import { editNodes, faultyBackend, scaleParameters } from "./faulty.test.support.js";
import { findDivergence } from "./find-divergence.js";

const backends: Backend[] = [];
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.dispose();
});

const seeded = (model: string, extent: number): FilledNetwork =>
  networkOf({ kind: "model", name: model, model, imageShape: [1, extent, extent], batch: 2, seed: 1 }, "f32");
const lenet = seeded("d2l/lenet", 28);
const resnet = seeded("d2l/resnet18", 20);

async function diff(network: FilledNetwork, fault: Pass): Promise<Divergence> {
  const [a, b] = [await createBackend(), await faultyBackend("faulty", fault)];
  backends.push(a, b);
  return findDivergence({ ...network, a, b });
}

const nothing = editNodes((node) => node);

describe("findDivergence", () => {
  it.each([
    ["lenet", lenet],
    ["resnet18", resnet],
  ])(
    "finds no fault where there is none, with the folding and fusing of %s, also at the oracle's own precision",
    async (_name, network) => {
      const { verdict, nodes, a, b } = await diff(network, nothing);
      expect([verdict, a.fault, b.fault]).toEqual(["agree", undefined, undefined]);
      expect(nodes.map(({ node }) => node)).toEqual(network.graph.nodes.map(({ name }) => name));
      expect(Math.max(...nodes.flatMap(({ shares }) => [shares.a, shares.b]))).toBeLessThanOrEqual(1);
      expect(b.endToEnd[0]?.agrees).toBe(true);
    },
  );

  it("judges a backend by the arithmetic that it declares", async () => {
    const half = variants.find(({ name }) => name === "declared-half-storage");
    const [a, b] = [await createBackend(), await half!.create()];
    backends.push(a, b);
    const { verdict, b: found } = await findDivergence({ ...lenet, a, b });
    expect([verdict, found.fault]).toEqual(["agree", undefined]);
    expect(found.endToEnd[0]?.deviation).toBeGreaterThan(1e-4);
  });

  it("names the wrong node of lenet, on either side, and shows how far the two backends differ", async () => {
    const wrong = editNodes((node) => (node.name === "4" ? { ...node, op: "hardSigmoid", attrs: {} } : node));
    const { verdict, nodes, a, b } = await diff(lenet, wrong);
    expect([verdict, a.fault]).toEqual(["disagree", undefined]);
    expect(b.fault).toMatchObject({
      kind: "node",
      node: "4",
      op: "sigmoid",
      repeatsAlone: true,
      reason: expect.stringMatching(/^outside its bound at \[/),
      worst: { value: "4" },
    });
    const bad = nodes.filter(({ shares }) => shares.b > 1).map(({ node }) => node);
    expect(bad).toEqual(["4"]);
    const apart = nodes.filter(({ between }) => between.deviation > 1e-5).map(({ node }) => node);
    expect(apart[0]).toBe("4");
  });

  it("returns the first wrong node as a network of one node, with the operands that the backend had", async () => {
    const { b } = await diff(
      lenet,
      scaleParameters((name) => name === "3.weight" || name === "9.weight"),
    );
    if (b.fault?.kind !== "node") throw new Error("no node found");
    expect(b.fault.node).toBe("3");
    const { network, expected } = b.fault.evidence;
    expect(network.graph.nodes.map(({ op }) => op)).toEqual(["conv2d"]);
    expect(Object.keys(network.parameters)).toEqual(["3.weight", "3.bias"]);
    expect(network.feeds["2"]?.shape).toEqual([2, 6, 14, 14]);
    expect(expected["3"]?.shape).toEqual([2, 16, 10, 10]);
  });

  it("names the wrong node of a residual network, among skip connections", async () => {
    const { verdict, b } = await diff(
      resnet,
      scaleParameters((name) => name === "2.0.conv3.weight"),
    );
    expect(verdict).toBe("disagree");
    expect(b.fault).toMatchObject({ kind: "node", node: "2.0.conv3", op: "conv2d" });
  });

  it("names what is fused when only the fold of a batch norm is wrong", async () => {
    const { nodes, b } = await diff(
      resnet,
      scaleParameters((name) => name.startsWith("2.1.conv2.w:folded")),
    );
    expect(nodes.every(({ shares }) => shares.b <= 1)).toBe(true);
    expect(b.endToEnd[0]?.agrees).toBe(false);
    expect(b.fault).toMatchObject({ kind: "fusion", nodes: ["2.1.conv2", "2.1.bn2"], repeatsAlone: true });
    if (b.fault?.kind !== "fusion") throw new Error("no fusion found");
    expect(b.fault.evidence.network.graph.nodes.map(({ op }) => op)).toEqual(["conv2d", "batchNorm"]);
    expect(b.fault.reason).toMatch(/^output "2\.1\.bn2" \(batchNorm\): outside its bound/);
  });

  it("names all three nodes when only convolution, batch norm and activation together are wrong", async () => {
    const forgetful = editNodes((node) =>
      node.op === "conv2d" && node.name === "1.1.relu"
        ? { ...node, attrs: { ...node.attrs, activation: "none" } }
        : node,
    );
    const { b } = await diff(resnet, forgetful);
    expect(b.fault).toMatchObject({ kind: "fusion", nodes: ["1.1.conv1", "1.1.bn1", "1.1.relu"], repeatsAlone: true });
  });

  it("names what is fused in lenet, where the error needs the whole network's inner values unobserved", async () => {
    const wrong = editNodes((node, graph) => {
      const observed = graph.outputs.some(({ value }) => value === "0");
      return node.name === "1" && !observed ? { ...node, op: "hardSigmoid", attrs: {} } : node;
    });
    const { nodes, b } = await diff(lenet, wrong);
    expect(nodes.every(({ shares }) => shares.b <= 1)).toBe(true);
    expect(b.fault).toMatchObject({ kind: "fusion", nodes: ["0", "1"] });
  });

  it("reports when an error does not occur on the node alone", async () => {
    const inCompany = editNodes((node, graph) =>
      node.name === "7" && graph.nodes.length > 1
        ? { ...node, inputs: { x: [...listOperands<string>(node.inputs)][0], w: "7.weight" } }
        : node,
    );
    const { b } = await diff(lenet, inCompany);
    expect(b.fault).toMatchObject({ kind: "node", node: "7", repeatsAlone: false });
  });

  it("names no node when the same run is only sometimes wrong", async () => {
    let compiled = 0;
    const fickle: Pass = {
      name: "fickle",
      run: (network) => {
        compiled += 1;
        return compiled === 2 ? scaleParameters((name) => name === "0.weight").run(network) : network;
      },
    };
    const { verdict, b } = await diff(lenet, fickle);
    expect(verdict).toBe("disagree");
    expect(b.fault).toMatchObject({ kind: "whole", reason: expect.stringMatching(/^output "logits" deviates by /) });
  });

  it("refuses weights that make the oracle's own results NaN", async () => {
    const parameters = {
      ...lenet.parameters,
      "11.bias": { ...lenet.parameters["11.bias"], data: new Float32Array(10).fill(NaN) },
    };
    const network = { ...lenet, parameters } as FilledNetwork;
    await expect(diff(network, nothing)).rejects.toMatchObject({ code: "INVALID_FEED" });
  });
});
