import { expect, test } from "vitest";
import { dropIdentities } from "./drop-identities.js";
import { linesAfter, network } from "./rewritten.test.support.js";

test("dropIdentities removes movements without effect and keeps the others", () => {
  const graph = network((g, x) => {
    let y = g.dropout({ x });
    y = g.pad2d({ x: y }, { pads: [0, 0, 0, 0] });
    y = g.upsample({ x: y }, { scales: [1, 1] });
    y = g.transpose({ x: y }, { permutation: [0, 1, 2, 3] });
    y = g.slice({ x: y }, { axes: [1], starts: [0], ends: [2] });
    y = g.concat({ xs: [y] }, { axis: 1 });
    y = g.reshape({ x: y }, { shape: [-1, 2, 4, 4] });
    y = g.transpose({ x: y }, { permutation: [0, 1, 3, 2] }, "swap");
    return { y: g.flatten({ x: g.flatten({ x: y }, {}, "flat") }, {}, "again") };
  });
  expect(linesAfter(graph, dropIdentities)).toEqual([
    "swap: N×2×4×4 = transpose(x: x) permutation=[0, 1, 3, 2]",
    "flat: N×32 = flatten(x: swap)",
    "output y = flat",
  ]);
});

test("an output may become a graph's input, or its parameter", () => {
  const graph = network((g, x, w) => ({ y: g.dropout({ x }), z: g.dropout({ x: w }), x }));
  expect(linesAfter(graph, dropIdentities)).toEqual(["output y = x", "output z = w", "output x = x"]);
});
