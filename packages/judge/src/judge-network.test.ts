import { createBackend } from "@isoconv/backend-reference";
import {
  float32,
  graphBuilder,
  graphFromJson,
  graphToJson,
  ownValue,
  type Backend,
  type Capabilities,
  type Results,
} from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Memo } from "./memo.js";
import { lattice } from "./network/fill.js";
import { fillNetwork, type FilledNetwork, type NetworkSpec } from "./network/network-spec.js";
import { oneOpNetwork } from "./network/example-network.js";
import { judgeNetwork } from "./judge-network.js";
import type { Judgement } from "./judgement.js";

let backend: Backend;
beforeAll(async () => void (backend = await createBackend()));
afterAll(() => backend.dispose());

async function answer({ graph, parameters, feeds }: FilledNetwork): Promise<Results> {
  const executable = await backend.compile(graph, parameters);
  const results = await executable.run(feeds);
  await executable.dispose();
  return results;
}

/** Judges the reference's results with one element of `y` changed. */
async function judgeWith(
  spec: NetworkSpec,
  change: (value: number, index: number) => number,
  { exactly = false, ...declared }: Partial<Capabilities> & { exactly?: boolean } = {},
): Promise<Judgement> {
  const capabilities: Capabilities = { ...backend.capabilities, ...declared };
  const network = fillNetwork(spec, capabilities);
  const { y } = await answer(network);
  if (y?.dtype !== "float32") throw new Error("no y");
  const results = { y: { ...y, data: y.data.map(change) } };
  return judgeNetwork({ key: "test", network, exactly }, results, capabilities, new Memo());
}

const conv = oneOpNetwork("conv", "conv2d", { x: ["N", 3, 8, 8], w: [4, 3, 3, 3], bias: [4] }, {});
const relative = (error: number) => (value: number, index: number) => (index === 7 ? value * (1 + error) : value);

describe("one node", () => {
  it("passes unchanged, with a share of its bound", async () => {
    const { passed, shares } = await judgeWith(conv, (value) => value);
    expect(passed).toBe(true);
    expect(shares).toMatchObject([{ op: "conv2d" }]);
    expect(shares[0]?.share).toBeLessThan(0.2);
  });
  it("fails with an error of TF32's size unless TF32 is declared", async () => {
    expect(await judgeWith(conv, relative(2 ** -10))).toMatchObject({ passed: false });
    expect(await judgeWith(conv, relative(2 ** -10), { arithmetic: "tf32" })).toMatchObject({ passed: true });
  });
  it("names a result of zeros", async () => {
    expect((await judgeWith(conv, () => 0)).reason).toMatch(/output "y" \(conv2d\): all elements are zero/);
  });
  it("allows more to a convolution declared fast", async () => {
    expect(await judgeWith(conv, relative(2 ** -16))).toMatchObject({ passed: false });
    expect(await judgeWith(conv, relative(2 ** -16), { convAlgorithm: "fast" })).toMatchObject({ passed: true });
  });
});

describe("a convolution declared fast", () => {
  const fast = { convAlgorithm: "fast" } as const;
  const corner = 35;
  // An image of 6 rows with one large element, whose tile holds the corner, and a filter with one tap.
  const spec: NetworkSpec = {
    ...oneOpNetwork("tile", "conv2d", { x: [1, 1, 6, 6], w: [1, 1, 3, 3] }, { pads: [1, 1, 1, 1] }),
    fills: {
      x: { kind: "patched", base: lattice, patches: [{ index: 0, value: 4096 }] },
      w: { kind: "patched", base: { kind: "cycle", values: [0] }, patches: [{ index: 4, value: 1 }] },
    },
  };
  const off =
    (error: number) =>
    (value: number, index: number): number =>
      index === corner ? value + error : value;
  it("may be off in a small element as far as the largest of the image allows", async () => {
    expect(await judgeWith(spec, off(2 ** -5))).toMatchObject({ passed: false });
    expect(await judgeWith(spec, off(2 ** -5), fast)).toMatchObject({ passed: true });
    expect(await judgeWith(spec, off(1), fast)).toMatchObject({ passed: false });
  });
  it("may spread NaN over its image, not over another one", async () => {
    const two: NetworkSpec = {
      ...oneOpNetwork("images", "conv2d", { x: [2, 1, 6, 6], w: [1, 1, 3, 3] }, { pads: [1, 1, 1, 1] }),
      fills: { x: { kind: "patched", base: lattice, patches: [{ index: 0, value: Number.NaN }] } },
    };
    const lost =
      (at: number) =>
      (value: number, index: number): number =>
        index === at ? Number.NaN : value;
    expect(await judgeWith(two, lost(corner), fast)).toMatchObject({ passed: true });
    expect(await judgeWith(two, lost(corner + 1), fast)).toMatchObject({ passed: false });
  });
});

describe("half-precision sums", () => {
  const spec: NetworkSpec = {
    ...oneOpNetwork("cancel", "linear", { x: [1, 3], w: [2, 3] }, {}),
    fills: {
      x: { kind: "cycle", values: [40_000, 40_000, -60_000] },
      w: { kind: "cycle", values: [1, 1, 1, 0, 0, 0] },
    },
  };
  const overflowed = (value: number, index: number): number => (index === 0 ? Infinity : value);
  it("may overflow where a partial sum does, in class f16 only", async () => {
    expect(await judgeWith(spec, overflowed, { arithmetic: "f16" })).toMatchObject({ passed: true });
    expect(await judgeWith(spec, overflowed, { arithmetic: "f16-storage" })).toMatchObject({ passed: false });
    const wrong = (value: number, index: number): number => (index === 1 ? Infinity : value);
    expect(await judgeWith(spec, wrong, { arithmetic: "f16" })).toMatchObject({ passed: false });
  });
});

describe("lattice data", () => {
  const spec = { ...conv, fills: { x: lattice, w: lattice, bias: lattice } };
  it("demands the exact value", async () => {
    expect(await judgeWith(spec, (value) => value, { exactly: true })).toMatchObject({ passed: true });
    expect(await judgeWith(spec, relative(2 ** -23), { exactly: true })).toMatchObject({ passed: false });
  });
});

describe("NaN and ∞", () => {
  const pool = oneOpNetwork(
    "pool",
    "maxPool2d",
    { x: [1, 1, 4, 4] },
    { kernel: [2, 2], strides: [2, 2] },
    { fills: { x: { kind: "patched", base: lattice, patches: [{ index: 0, value: Number.NaN }] } } },
  );
  const dropped = (value: number): number => (Number.isNaN(value) ? 1 : value);
  it("are required of a backend that declares them", async () => {
    expect(await judgeWith(pool, (value) => value)).toMatchObject({ passed: true });
    expect(await judgeWith(pool, dropped)).toMatchObject({ passed: false });
  });
  it("allow any value where they reach, and only there, if the backend declares nothing", async () => {
    const free = { nonFinite: "indeterminate" } as const;
    expect(await judgeWith(pool, dropped, free)).toMatchObject({ passed: true });
    const other = (value: number, index: number): number => (index === 3 ? value + 1 : value);
    expect(await judgeWith(pool, other, free)).toMatchObject({ passed: false });
  });
});

describe("data that are only moved", () => {
  const g = graphBuilder("moved");
  const x = g.input("x", ["N", 2, 3, 3]);
  const padded = g.pad2d({ x }, { pads: [1, 0, 0, 1], value: -0 });
  const graph = g.build({ y: g.flatten({ x: g.transpose({ x: padded }, { permutation: [0, 2, 3, 1] }) }), same: x });
  const spec: NetworkSpec = { graph, batch: 2, seed: 1, fills: { x: { kind: "cycle", values: [-0, 1] } } };
  it("keep the sign of every zero through any number of nodes, and where they only pass through", async () => {
    const network = fillNetwork(spec, backend.capabilities);
    const judge = (results: Results): Promise<Judgement> =>
      judgeNetwork({ key: "moved", network, exactly: false }, results, backend.capabilities, new Memo());
    const results = await answer(network);
    expect(await judge(results)).toMatchObject({ passed: true });
    for (const name of ["y", "same"]) {
      const tensor = results[name];
      if (tensor?.dtype !== "float32") throw new Error(`no ${name}`);
      const unsigned = { ...tensor, data: tensor.data.map((value) => value + 0) };
      const { reason } = await judge({ ...results, [name]: unsigned });
      expect(reason).toMatch(/expected -0 ± 0, got 0/);
    }
  });
});

it("allows zeros of either sign where moved data were computed, also if it demands exact values", async () => {
  const g = graphBuilder("computed");
  const sum = g.linear({ x: g.input("x", [2, 3]), w: g.parameter("w", [3, 3]) });
  const graph = g.build({ y: g.transpose({ x: sum }, { permutation: [1, 0] }) });
  const spec: NetworkSpec = { graph, batch: 1, seed: 1, fills: { x: { kind: "cycle", values: [0] }, w: lattice } };
  expect(await judgeWith(spec, () => -0, { exactly: true })).toMatchObject({ passed: true });
  expect(await judgeWith(spec, () => 1, { exactly: true })).toMatchObject({ passed: false });
});

describe("several nodes", () => {
  const g = graphBuilder("several");
  const x = g.input("x", ["N", 4, 6, 6]);
  const hidden = g.relu({ x: g.conv2d({ x, w: g.parameter("w", [4, 4, 3, 3]) }, { pads: [1, 1, 1, 1] }) });
  const graph = g.build({ y: g.softmax({ x: g.globalAvgPool2d({ x: g.add({ a: hidden, b: x }) }) }, { axis: 1 }) });
  const spec: NetworkSpec = { graph, batch: 2, seed: 1, fills: {} };
  it("are judged by the sum of what their bounds allow", async () => {
    expect(await judgeWith(spec, (value) => value)).toMatchObject({ passed: true, shares: [] });
    expect(await judgeWith(spec, relative(2 ** -14))).toMatchObject({ passed: false });
  });
  it("are judged so under names that objects inherit", async () => {
    const outputs = [{ name: "constructor", value: graph.outputs[0].value }];
    const network = fillNetwork(
      { ...spec, graph: graphFromJson({ ...graphToJson(graph), outputs }) },
      backend.capabilities,
    );
    const judged = (results: Results): Promise<Judgement> =>
      judgeNetwork({ key: "inherited", network, exactly: false }, results, backend.capabilities, new Memo());
    const right = ownValue(await answer(network), "constructor")!;
    expect(await judged({ constructor: right })).toMatchObject({ passed: true });
    const wrong = float32(right.shape, Float32Array.from(right.data, relative(2 ** -14)));
    expect(await judged({ constructor: wrong })).toMatchObject({ passed: false });
    expect((await judged({})).reason).toContain("not returned");
  });
});
