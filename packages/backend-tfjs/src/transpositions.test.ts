import { graphBuilder, type GraphBuilder, type Tensor, type Value } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { disagreement, lattice } from "./agreement.test.support.js";
import { instrumented, type BackendName } from "./instrumented.test.support.js";

type Parameter = (name: string, shape: readonly number[]) => Value;
type Build = (g: GraphBuilder, x: Value, p: Parameter) => Value;

/** The transpositions of a network in one run, on a feed of 2×3×4×5. Parameters are packed once, at compile time. */
const plans: Readonly<Record<string, readonly [transpositions: number, build: Build]>> = {
  "an image in and out": [2, (g, x) => g.relu({ x })],
  "a stack of convolutions": [
    2,
    (g, x, p) => {
      const a = g.conv2d({ x, w: p("a", [4, 3, 3, 3]) }, { pads: [1, 1, 1, 1] });
      const b = g.maxPool2d({ x: g.relu({ x: a }) }, { kernel: [2, 2] });
      return g.add({ a: g.conv2d({ x: b, w: p("b", [4, 1, 1, 1]) }, { groups: 4 }), b });
    },
  ],
  "flatten and linear": [1, (g, x, p) => g.linear({ x: g.flatten({ x }), w: p("w", [4, 60]) })],
  "flatten, elementwise functions and linear": [
    1,
    (g, x, p) => {
      const flat = g.dropout({ x: g.clip({ x: g.relu({ x: g.flatten({ x }) }) }, { max: 1 }) });
      return g.linear({ x: g.add({ a: flat, b: flat }), w: p("w", [4, 60]) });
    },
  ],
  "reshape and linear": [1, (g, x, p) => g.linear({ x: g.reshape({ x }, { shape: [2, -1] }), w: p("w", [4, 60]) })],
  "concat of channels, flatten and linear": [
    1,
    (g, x, p) =>
      g.linear({ x: g.flatten({ x: g.concat({ xs: [x, g.relu({ x })] }, { axis: 1 }) }), w: p("w", [4, 120]) }),
  ],
  "flatten used twice": [
    2,
    (g, x, p) => {
      const flat = g.flatten({ x });
      const y = g.linear({ x: flat, w: p("w", [60, 60]) });
      return g.add({ a: y, b: flat });
    },
  ],
  "flatten returned": [2, (g, x) => g.flatten({ x })],
  "flatten undone": [2, (g, x) => g.reshape({ x: g.relu({ x: g.flatten({ x }) }) }, { shape: [2, 3, 4, 5] })],
  "flatten undone into another shape": [
    4,
    (g, x) => g.reshape({ x: g.relu({ x: g.flatten({ x }) }) }, { shape: [2, 5, 4, 3] }),
  ],
  "a sum of images flattened in other orders": [
    4,
    (g, x) => {
      const turned = g.transpose({ x }, { permutation: [0, 3, 1, 2] });
      return g.add({ a: g.flatten({ x }), b: g.flatten({ x: turned }) });
    },
  ],
  "flatten of pooled channels": [
    1,
    (g, x, p) => g.linear({ x: g.flatten({ x: g.globalAvgPool2d({ x }) }), w: p("w", [4, 3]) }),
  ],
  "mean over the image": [1, (g, x) => g.mean({ x }, { axes: [2, 3] })],
  "softmax over channels": [2, (g, x) => g.softmax({ x }, { axis: 1 })],
  "a transposition there and back": [
    4,
    (g, x) => g.transpose({ x: g.transpose({ x }, { permutation: [0, 2, 3, 1] }) }, { permutation: [0, 3, 1, 2] }),
  ],
  "a transposition of height and width": [3, (g, x) => g.transpose({ x }, { permutation: [0, 1, 3, 2] })],
  "broadcast parameters": [
    2,
    (g, x, p) => g.mul({ a: g.add({ a: x, b: p("a", [3, 4, 5]) }), b: p("b", [1, 3, 1, 1]) }),
  ],
};

describe.each(["cpu", "wasm"] satisfies BackendName[])("transpositions on %s", (name) => {
  it.each(Object.entries(plans))("%s", async (label, [expected, build]) => {
    let transpositions = 0;
    await using backend = await instrumented(name, (kernel) => {
      if (kernel === "Transpose") transpositions += 1;
    });
    const g = graphBuilder("plan");
    const parameters: Record<string, Tensor> = {};
    const x = g.input("x", [2, 3, 4, 5]);
    const y = build(g, x, (parameter, shape) => {
      parameters[parameter] = lattice(parameter, shape);
      return g.parameter(parameter, shape);
    });
    const network = { graph: g.build({ y }), parameters, feeds: { x: lattice("x", [2, 3, 4, 5]) } };
    await using executable = await backend.compile(network.graph, parameters);
    transpositions = 0;
    await executable.run(network.feeds);
    expect(transpositions, label).toBe(expected);
    expect(await disagreement(backend, network)).toBeUndefined();
  });
});
