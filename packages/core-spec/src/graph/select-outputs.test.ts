import { describe, expect, it } from "vitest";
import { graphBuilder } from "./builder.js";
import { printGraph } from "./print.js";
import { selectOutputs } from "./select-outputs.js";

function twoHeads() {
  const g = graphBuilder("twoHeads");
  const x = g.input("x", ["N", 2, 4, 4]);
  const body = g.relu({ x }, {}, "body");
  const left = g.batchNorm({ x: body, mean: g.parameter("m", [2]), variance: g.parameter("v", [2]) }, { epsilon: 1 });
  return g.build({ left, right: g.sigmoid({ x: body }, {}, "right") });
}

describe("selectOutputs", () => {
  it("keeps only what the values need", () => {
    const graph = selectOutputs(twoHeads(), { features: "body", right: "right" });
    expect(graph.outputs).toEqual([
      { name: "features", value: "body" },
      { name: "right", value: "right" },
    ]);
    expect(graph.nodes.map(({ name }) => name)).toEqual(["body", "right"]);
    expect(graph.parameters).toEqual([]);
    expect(printGraph(selectOutputs(twoHeads(), { left: "batchNorm" }))).toContain("batchNorm");
  });

  it.each([
    [{ features: "tail" }, /outputs\.features: "twoHeads" has no such value; .* got "?tail/],
    [{}, /outputs: no outputs; expected at least one/],
  ])("refuses %j", (outputs, message) => {
    expect(() => selectOutputs(twoHeads(), outputs)).toThrow(message);
  });
});
