import { graphBuilder } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { chooseNames } from "./names.js";

test("an output's name goes to the node it returns", () => {
  const g = graphBuilder("names");
  const y = g.relu({ x: g.input("x", [1]) }, {}, "layer");
  const names = chooseNames(g.build({ logits: y, again: y }));
  expect(names.nodeTensor("layer")).toBe("logits");
  expect(names.outputs).toEqual([
    { name: "logits", tensor: "logits", copyOf: undefined },
    { name: "again", tensor: "again", copyOf: "layer" },
  ]);
});

test("outputs may be named after other nodes", () => {
  const g = graphBuilder("names");
  const x = g.input("x", [1]);
  const a = g.relu({ x }, {}, "a");
  const b = g.relu({ x: g.relu({ x: a }, {}, "c") }, {}, "b");
  const names = chooseNames(g.build({ a: b, c: a }));
  expect(["a", "b", "c"].map((name) => names.nodeTensor(name))).toEqual(["c", "a", "c#value"]);
});

test("inputs and parameters keep their names", () => {
  const g = graphBuilder("names");
  const x = g.input("x", [1]);
  const w = g.parameter("w", [1]);
  const names = chooseNames(g.build({ x: g.relu({ x }, {}, "y"), w }));
  expect(names.nodeTensor("y")).toBe("x#output");
  expect(names.outputs.map(({ tensor, copyOf }) => [tensor, copyOf])).toEqual([
    ["x#output", undefined],
    ["w#output", "w"],
  ]);
});
