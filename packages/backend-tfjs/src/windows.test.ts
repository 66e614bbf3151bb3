import { isIsoconvError, type Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreements, oneNode, type Network, type OpCase } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { drawing } from "./random-graph.test.support.js";
import { createBackend as createWasm } from "./wasm/index.js";

type Draw = (below: number) => number;

const pairOf = (draw: Draw, below: number): readonly number[] => [1 + draw(below), 1 + draw(below)];
const padsOf = (draw: Draw): readonly number[] => [draw(3), draw(3), draw(3), draw(3)];

const families: Readonly<Record<string, (draw: Draw) => OpCase>> = {
  conv2d(draw) {
    const groups = [1, 1, 2, 3][draw(4)];
    const [perGroup, outputs] = [1 + draw(3), groups * (1 + draw(3))];
    return {
      op: "conv2d",
      inputs: {
        x: [1 + draw(2), groups * perGroup, 1 + draw(10), 1 + draw(10)],
        w: [outputs, perGroup, ...pairOf(draw, 4)],
        ...(draw(2) === 0 ? {} : { bias: [outputs] }),
      },
      attrs: {
        strides: pairOf(draw, 3),
        dilations: pairOf(draw, 3),
        pads: padsOf(draw),
        groups,
        activation: ["none", "relu", "relu6"][draw(3)],
      },
    };
  },
  convTranspose2d(draw) {
    const groups = [1, 1, 2, 3][draw(4)];
    const [perGroup, outputs] = [1 + draw(3), 1 + draw(3)];
    return {
      op: "convTranspose2d",
      inputs: {
        x: [1 + draw(2), groups * perGroup, 1 + draw(6), 1 + draw(6)],
        w: [groups * perGroup, outputs, ...pairOf(draw, 4)],
        ...(draw(2) === 0 ? {} : { bias: [groups * outputs] }),
      },
      attrs: {
        strides: pairOf(draw, 3),
        dilations: pairOf(draw, 3),
        pads: padsOf(draw),
        outputPads: [draw(3), draw(3)],
        groups,
      },
    };
  },
  maxPool2d: (draw) => ({
    op: "maxPool2d",
    inputs: { x: [1 + draw(2), 1 + draw(5), 1 + draw(10), 1 + draw(10)] },
    attrs: { kernel: pairOf(draw, 4), strides: pairOf(draw, 4), dilations: pairOf(draw, 2), pads: padsOf(draw) },
  }),
  avgPool2d: (draw) => ({
    op: "avgPool2d",
    inputs: { x: [1 + draw(2), 1 + draw(5), 1 + draw(10), 1 + draw(10)] },
    attrs: { kernel: pairOf(draw, 5), strides: pairOf(draw, 4), pads: padsOf(draw) },
  }),
};

/** The first case that is valid, of those a seed gives. */
function valid(draw: Draw, make: (draw: Draw) => OpCase, exact: boolean): Network {
  for (;;) {
    try {
      return oneNode(make(draw), exact ? "lattice" : "real", draw(2) === 0 ? "fed" : "parameters");
    } catch (error) {
      if (!isIsoconvError(error, "INVALID_SHAPE")) throw error;
    }
  }
}

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
])("random windows on %s", (_name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(() => backend.dispose());

  describe.each(Object.entries(families))("%s", (name, make) => {
    it.each(Array.from({ length: 60 }, (_, seed) => seed))("%i", async (seed) => {
      const exact = name !== "avgPool2d";
      expect(await disagreements(backend, valid(drawing(seed), make, exact), exact)).toEqual([]);
    });
  });
});
