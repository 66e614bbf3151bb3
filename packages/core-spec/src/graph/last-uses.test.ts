import { expect, it } from "vitest";
import { graphBuilder } from "./builder.js";
import { lastUses } from "./last-uses.js";

it("is the last reader of a value, its maker where none reads it, and never for outputs", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [2, 3]);
  g.input("unread", [2]);
  const a = g.relu({ x }, {}, "a");
  const b = g.add({ a, b: x }, {}, "b");
  g.relu({ x: b }, {}, "dead");
  const y = g.add({ a, b: g.parameter("w", [3]) }, {}, "y");
  const graph = g.build({ y });
  const position = (name: string): number => graph.nodes.findIndex((node) => node.name === name);
  const uses = lastUses(graph);
  expect(uses.get("x")).toBe(position("b"));
  expect(uses.get("a")).toBe(position("y"));
  expect(uses.get("w")).toBe(position("y"));
  expect(uses.get("dead")).toBe(position("dead"));
  expect(uses.get("y")).toBe(Infinity);
  expect(uses.has("unread")).toBe(false);
});
