import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, uniform, type GraphBuilder, type Shape, type Value } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { openBackends } from "./agreement.test.support.js";

const backends = await openBackends();
const CHANNELS = 3;

/** Operations between two transposes. ONNX Runtime moves the transposes through them where it can. */
const layers: Readonly<Record<string, (g: GraphBuilder, x: Value) => Value>> = {
  convolution: (g, x) => g.conv2d({ x, w: g.parameter("w", [4, CHANNELS, 3, 2]) }, { pads: [1, 0, 1, 1] }),
  "padded convolution": (g, x) =>
    g.conv2d({ x: g.pad2d({ x }, { pads: [1, 0, 2, 3] }), w: g.parameter("w", [4, CHANNELS, 3, 2]) }),
  "transposed convolution": (g, x) =>
    g.convTranspose2d(
      { x, w: g.parameter("w", [CHANNELS, 2, 2, 2]) },
      { strides: [1, 2], dilations: [2, 3], outputPads: [1, 2] },
    ),
  pad: (g, x) => g.pad2d({ x }, { pads: [1, 0, 2, 3], value: -1 }),
  "pad and activation": (g, x) => g.sigmoid({ x: g.pad2d({ x }, { pads: [1, 0, 2, 3] }) }),
  "pad and max pool": (g, x) => g.maxPool2d({ x: g.pad2d({ x }, { pads: [1, 0, 2, 3] }) }, { kernel: [2, 3] }),
  "pad and average pool": (g, x) => g.avgPool2d({ x: g.pad2d({ x }, { pads: [1, 0, 1, 2] }) }, { kernel: [2, 3] }),
  "max pool of pads as large as the kernel": (g, x) =>
    g.maxPool2d({ x }, { kernel: [2, 2], pads: [2, 1, 0, 2], dilations: [3, 3] }),
  "average pool": (g, x) => g.avgPool2d({ x }, { kernel: [3, 2], pads: [1, 1, 0, 0] }),
  "global average pool": (g, x) => g.globalAvgPool2d({ x }),
  lrn: (g, x) => g.lrn({ x }, { size: 3, alpha: 1, beta: 0.75, bias: 2 }),
  "lrn of an even size": (g, x) => g.lrn({ x }, { size: 2, alpha: 1, beta: 0.6, bias: 2 }),
  "lrn of many channels": (g, x) => g.lrn({ x: g.concat({ xs: [x, x, x, x] }, { axis: 1 }) }, { size: 11 }),
  batchNorm: (g, x) =>
    g.batchNorm({ x, mean: g.parameter("m", [CHANNELS]), variance: g.parameter("v", [CHANNELS]) }, { epsilon: 1e-3 }),
  layerNorm: (g, x) =>
    g.layerNorm(
      { x, scale: g.parameter("s", [CHANNELS]), offset: g.parameter("o", [CHANNELS]) },
      { axis: 1, epsilon: 1e-3 },
    ),
  "layerNorm along rows": (g, x) => g.layerNorm({ x, scale: g.parameter("s", [6]) }, { axis: 3, epsilon: 1e-3 }),
  softmax: (g, x) => g.softmax({ x: g.logSoftmax({ x }, { axis: 3 }) }, { axis: 1 }),
  concat: (g, x) => g.concat({ xs: [x, g.relu({ x }), x] }, { axis: 1 }),
  slice: (g, x) => g.slice({ x }, { starts: [2, 1], ends: [5, 3], axes: [3, 1] }),
  mean: (g, x) => g.mean({ x }, { axes: [3, 1], keepDims: true }),
  "mean that drops axes": (g, x) =>
    g.mul({ a: x, b: g.reshape({ x: g.mean({ x }, { axes: [3, 2] }) }, { shape: [-1, CHANNELS, 1, 1] }) }),
  upsample: (g, x) => g.upsample({ x }, { scales: [3, 2] }),
  broadcast: (g, x) => g.mul({ a: g.add({ a: x, b: g.parameter("a", [CHANNELS, 1, 1]) }), b: g.parameter("b", [6]) }),
  block: (g, x) => {
    const w = g.parameter("w", [CHANNELS, CHANNELS, 3, 3]);
    const conv = g.conv2d({ x: g.pad2d({ x }, { pads: [1, 1, 1, 1] }), w }, { activation: "relu" });
    const pooled = g.maxPool2d(
      { x: g.pad2d({ x: g.add({ a: conv, b: x }) }, { pads: [0, 1, 1, 0] }) },
      { kernel: [2, 2] },
    );
    return g.upsample({ x: g.lrn({ x: g.concat({ xs: [pooled, x] }, { axis: 1 }) }, { size: 5 }) }, { scales: [2, 1] });
  },
};

/** The layouts of fed images. */
const orders: Readonly<Record<string, { shape: Shape; before: readonly number[]; after: readonly number[] }>> = {
  "NHWC to NCHW": { shape: ["N", 5, 6, CHANNELS], before: [0, 3, 1, 2], after: [0, 2, 3, 1] },
  "NCWH to NCHW": { shape: ["N", CHANNELS, 6, 5], before: [0, 1, 3, 2], after: [0, 1, 3, 2] },
  "HWCN to NCHW": { shape: [5, 6, CHANNELS, 2], before: [3, 2, 0, 1], after: [2, 3, 1, 0] },
};

describe.for(Object.entries(orders))("between transposes, %s:", ([, { shape, before, after }]) => {
  test.for(Object.entries(layers))("%s", async ([, layer]) => {
    const g = graphBuilder("sandwich");
    const y = layer(g, g.transpose({ x: g.input("x", shape) }, { permutation: before }));
    const graph = g.build({ y: g.transpose({ x: y }, { permutation: after }) });
    const filled = (key: string, extents: Shape, low: number) => {
      const concrete = extents.map((extent) => (extent === "N" ? 2 : extent));
      const count = concrete.reduce((product, extent) => product * extent, 1);
      return float32(concrete, uniform(1, key, count, low, 1));
    };
    const parameters = Object.fromEntries(
      graph.parameters.map(({ name, shape: extents }) => [name, filled(name, extents, 0.1)]),
    );
    const feeds = { x: filled("x", shape, -1) };
    const { y: expected } = await runOracle(graph, parameters, feeds);
    for (const backend of backends) {
      await using executable = await backend.compile(graph, parameters, { passes: [] });
      const { y: actual } = await executable.run(feeds);
      expect(actual.shape).toEqual(expected.shape);
      expect([...actual.data]).toEqual([...expected.value].map((value) => expect.closeTo(value, 5)));
    }
  });
});
