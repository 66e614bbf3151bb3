import { graphBuilder, type Backend, type GraphBuilder, type Value } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreement, lattice } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

type Input = (name: string, shape: readonly number[]) => Value;

/** Weights that are not parameters: they are packed at every run, from any layout. */
const networks: Readonly<Record<string, (g: GraphBuilder, input: Input) => Value>> = {
  filters: (g, input) => g.conv2d({ x: input("x", [2, 4, 5, 5]), w: g.relu({ x: input("w", [3, 4, 2, 3]) }) }),
  "filters in groups": (g, input) => {
    const bias = g.relu({ x: input("bias", [6]) });
    return g.conv2d({ x: input("x", [2, 4, 5, 5]), w: g.relu({ x: input("w", [6, 2, 3, 3]) }), bias }, { groups: 2 });
  },
  "depthwise filters": (g, input) =>
    g.conv2d({ x: input("x", [2, 3, 5, 5]), w: g.relu({ x: input("w", [6, 1, 3, 2]) }) }, { groups: 3 }),
  "transposed filters in groups": (g, input) => {
    const w = g.transpose({ x: input("w", [2, 4, 3, 2]) }, { permutation: [1, 0, 2, 3] });
    return g.convTranspose2d({ x: input("x", [2, 4, 3, 3]), w }, { groups: 2, strides: [2, 2] });
  },
  "a bias of another shape": (g, input) => {
    const bias = g.reshape({ x: input("bias", [1, 3, 1, 1]) }, { shape: [3] });
    return g.conv2d({ x: input("x", [2, 4, 5, 5]), w: input("w", [3, 4, 2, 2]), bias });
  },
  "a matrix for a flattened image": (g, input) => {
    const bias = g.reshape({ x: input("bias", [1, 5]) }, { shape: [5] });
    return g.linear({ x: g.flatten({ x: input("x", [2, 3, 2, 2]) }), w: g.relu({ x: input("w", [5, 12]) }), bias });
  },
  "a flattened image for a matrix": (g, input) =>
    g.linear({ x: input("x", [2, 12]), w: g.flatten({ x: input("w", [5, 3, 2, 2]) }) }),
  "statistics of another shape": (g, input) => {
    const vector = (name: string): Value => g.reshape({ x: input(name, [1, 3]) }, { shape: [3] });
    const variance = g.relu({ x: vector("variance") });
    return g.batchNorm({ x: input("x", [2, 3, 4, 4]), mean: vector("mean"), variance }, { epsilon: 0.5 });
  },
};

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
])("computed weights on %s", (_name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(() => backend.dispose());

  it.each(Object.entries(networks))("%s", async (_label, build) => {
    const g = graphBuilder("computed");
    const feeds: Record<string, ReturnType<typeof lattice>> = {};
    const y = build(g, (name, shape) => {
      feeds[name] = lattice(name, shape);
      return g.input(name, shape);
    });
    expect(await disagreement(backend, { graph: g.build({ y }), parameters: {}, feeds })).toBeUndefined();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  });
});
