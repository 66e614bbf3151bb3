import { graphBuilder, type Value } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { findFusion } from "./find-fusion.js";

/** n0 → n1 → … → n9, and a branch b from n3 that joins at the end. */
function chain() {
  const g = graphBuilder("chain");
  let x: Value = g.input("x", [2]);
  let branch = x;
  for (let i = 0; i < 10; i += 1) {
    x = g.relu({ x }, {}, `n${i}`);
    if (i === 3) branch = g.relu({ x }, {}, "b");
  }
  return g.build({ y: g.add({ a: x, b: branch }, {}, "join") });
}

/** Calls the search with a backend that is wrong if all the given nodes are hidden. */
async function search(...needed: readonly string[]) {
  let asked = 0;
  const region = await findFusion(chain(), async (observed) => {
    asked += 1;
    return !observed.some(({ name }) => needed.includes(name));
  });
  return { asked, names: region?.map(({ name }) => name) };
}

describe("findFusion", () => {
  it.each([
    [["n4"], ["n4", "n5"]],
    [["n0"], ["n0", "n1"]],
    [["n9"], ["n9", "join"]],
    [
      ["n4", "n5"],
      ["n4", "n5", "n6"],
    ],
    [["n3"], ["n3", "b", "n4"]],
    [
      ["b", "n9"],
      ["b", "n9", "join"],
    ],
  ])("names %j and the nodes they are fused into", async (needed, expected) => {
    expect((await search(...needed)).names).toEqual(expected);
  });

  it("makes a logarithmic number of calls for a region of one node", async () => {
    expect((await search("n6")).asked).toBeLessThanOrEqual(11);
  });

  it("finds nothing when the network is right", async () => {
    expect(await findFusion(chain(), async () => false)).toBeUndefined();
  });
});
