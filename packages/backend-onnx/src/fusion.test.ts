import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, type Feeds, type Graph, type GraphBuilder, type Value } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { openBackends } from "./agreement.test.support.js";

const backends = await openBackends();
const pool = { kernel: [2, 2], strides: [2, 2] } as const;

/** Pairs of operations that ONNX Runtime fuses; some fusions would be wrong if the pairs were emitted directly. */
const pairs: Readonly<Record<string, (g: GraphBuilder, x: Value) => Value>> = {
  "zeros around a max pool stay zeros": (g, x) => g.maxPool2d({ x: g.pad2d({ x }, { pads: [1, 1, 1, 1] }) }, pool),
  "also behind an identity": (g, x) =>
    g.maxPool2d({ x: g.dropout({ x: g.pad2d({ x }, { pads: [1, 1, 1, 1] }) }) }, pool),
  "also when a convolution reads them too": (g, x) => {
    const padded = g.pad2d({ x }, { pads: [1, 1, 1, 1] });
    const most = g.maxPool2d({ x: padded }, { kernel: [3, 3] });
    return g.concat({ xs: [most, g.conv2d({ x: padded, w: g.parameter("w", [2, 2, 3, 3]) })] }, { axis: 1 });
  },
  "zeros around an average pool count": (g, x) => g.avgPool2d({ x: g.pad2d({ x }, { pads: [1, 1, 1, 1] }) }, pool),
  "zeros count, padding does not": (g, x) =>
    g.avgPool2d({ x: g.pad2d({ x }, { pads: [1, 1, 0, 0] }) }, { ...pool, pads: [1, 0, 0, 1] }),
  "more zeros than an average pool may pad": (g, x) =>
    g.avgPool2d({ x: g.pad2d({ x }, { pads: [2, 1, 2, 3] }) }, { kernel: [1, 3], strides: [1, 2] }),
  "a constant around a convolution": (g, x) =>
    g.conv2d({ x: g.pad2d({ x }, { pads: [1, 2, 0, 1], value: -1 }), w: g.parameter("w", [2, 2, 3, 3]) }),
  "zeros around a padded convolution": (g, x) =>
    g.conv2d({ x: g.pad2d({ x }, { pads: [1, 2, 0, 1] }), w: g.parameter("w", [2, 2, 3, 3]) }, { pads: [0, 1, 1, 0] }),
  "zeros around a transposed convolution": (g, x) =>
    g.convTranspose2d({ x: g.pad2d({ x }, { pads: [1, 2, 0, 1] }), w: g.parameter("w", [2, 2, 3, 3]) }),
};

/** Pads of a convolution's filter; `v` is an input, and so is `x`. */
const filters: Readonly<Record<string, (g: GraphBuilder, x: Value, v: Value) => Value>> = {
  "zeros around a filter that is fed": (g, x, v) => g.conv2d({ x, w: g.pad2d({ x: v }, { pads: [0, 1, 1, 0] }) }),
  "zeros around a parameter": (g, x) =>
    g.conv2d({ x, w: g.pad2d({ x: g.parameter("w", [2, 2, 3, 3]) }, { pads: [0, 1, 1, 0] }) }),
  "zeros around a transposed convolution's filter": (g, x, v) =>
    g.convTranspose2d({ x, w: g.pad2d({ x: v }, { pads: [0, 1, 1, 0] }) }),
  "zeros around a convolution's input and filter, one value": (g, x) => {
    const padded = g.pad2d({ x }, { pads: [1, 0, 1, 2] });
    return g.conv2d({ x: padded, w: padded }, { pads: [1, 1, 1, 1] });
  },
  "zeros around a transposed convolution's input and filter, one value": (g, _x, v) => {
    const padded = g.pad2d({ x: v }, { pads: [1, 0, 1, 2] });
    return g.convTranspose2d({ x: padded, w: padded });
  },
  "zeros around the input of one convolution and the filter of another": (g, x, v) => {
    const padded = g.pad2d({ x: v }, { pads: [1, 0, 0, 1] });
    const filtered = g.mean({ x: g.conv2d({ x: padded, w: v }) }, { axes: [0, 1, 2, 3] });
    return g.add({ a: g.conv2d({ x, w: padded }), b: filtered });
  },
};

test.for(Object.entries(pairs))("%s", async ([, build]) => {
  const g = graphBuilder("pair");
  await expectAgreement(g.build({ y: build(g, g.input("x", ["N", 2, 5, 5])) }), { x });
});

test.for(Object.entries(filters))("%s", async ([, build]) => {
  const g = graphBuilder("filter");
  const y = build(g, g.input("x", [2, 2, 5, 5]), g.input("v", [2, 2, 3, 3]));
  await expectAgreement(g.build({ y }), { x, v: w });
});

/** Negative, so that padded zeros would be the maximum. */
const x = float32(
  [2, 2, 5, 5],
  Float32Array.from({ length: 100 }, (_, k) => -1 - (k % 7)),
);
const w = float32(
  [2, 2, 3, 3],
  Float32Array.from({ length: 36 }, (_, k) => (k % 5) - 2),
);

async function expectAgreement(graph: Graph, feeds: Feeds): Promise<void> {
  const parameters = graph.parameters.length === 0 ? {} : { w };
  const { y: expected } = await runOracle(graph, parameters, feeds);
  for (const backend of backends) {
    await using executable = await backend.compile(graph, parameters, { passes: [] });
    const { y } = await executable.run(feeds);
    expect(y.shape).toEqual(expected.shape);
    expect([...y.data]).toEqual([...expected.value].map((value) => expect.closeTo(value, 5)));
  }
}
