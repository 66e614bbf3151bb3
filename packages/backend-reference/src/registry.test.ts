import { definitionOf, float32, mapOperands, docOf, opNames, type TensorOf } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { goldenCases, oneNode } from "@isoconv/goldens";
import { runOracle } from "./run-oracle.js";

const firstCases = opNames.map((op) => goldenCases.find((golden) => golden.op === op)!);

describe.for(firstCases)("$op", (golden) => {
  const { graph, feeds } = oneNode(golden);
  const { special } = definitionOf(golden.op);
  const { magnitude } = docOf(golden.op);

  test("has a magnitude where the registry defines one", async () => {
    const { y } = await runOracle(graph, {}, feeds);
    expect(y.magnitude.some((element) => element > 0)).toBe(magnitude !== undefined);
    expect(y.magnitude.every((element) => element >= 0)).toBe(true);
  });

  test(`NaN: ${special.nan}`, async () => {
    const spoilt = mapOperands<TensorOf<"float32">, TensorOf<"float32">>(feeds, ({ shape, data }) =>
      float32(
        shape,
        data.map(() => Number.NaN),
      ),
    );
    const { y } = await runOracle(graph, {}, spoilt as typeof feeds);
    // pad2d's frame is its constant for any input.
    const fraction = golden.op === "pad2d" ? feeds["x"].data.length / y.value.length : 1;
    expect(y.value.filter(Number.isNaN)).toHaveLength(y.value.length * fraction);
  });
});
