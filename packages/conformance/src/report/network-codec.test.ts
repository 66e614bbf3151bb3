import { float32, graphBuilder } from "@isoconv/core-spec";
import type { Fill } from "@isoconv/judge";
import { expect, test } from "vitest";
import { network } from "./network-codec.js";

test("a network keeps its tensors and their order with names that objects sort or inherit", () => {
  const g = graphBuilder("constructor");
  const [x, other] = [g.input("x", [1]), g.input("0", [1])];
  const sum = g.add({ a: x, b: g.parameter("toString", [1]) }, {}, "10");
  const graph = g.build([
    ["valueOf", sum],
    ["1", other],
  ]);
  const feeds = { x: float32([1], [1]), 0: float32([1], [2]) };
  const filled = { graph, parameters: { toString: float32([1], [3]) }, feeds };
  const read = network.read(JSON.parse(JSON.stringify(network.write(filled))), "network");
  expect(read).toEqual(filled);
  const [small, addends, factors]: readonly Fill[] = [
    { kind: "lattice" },
    { kind: "integers", terms: 3, factors: 2 },
    { kind: "factors", terms: 18, axis: 1, of: 2, wide: 1 },
  ];
  const fills = { constructor: small, toString: addends, 0: factors };
  const recipe = { graph, batch: 1, seed: 1, fills };
  expect(network.read(JSON.parse(JSON.stringify(network.write(recipe))), "network")).toEqual(recipe);
});
