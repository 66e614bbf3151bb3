import { createBackend, runOracle } from "@isoconv/backend-reference";
import { float32, type Tensor } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { compareNode, fillNetwork, oneOpNetwork } from "@isoconv/judge";
import { mayComeOfRoundedOperands } from "./operand-rounding.js";

const { capabilities } = await createBackend();
const network = fillNetwork(
  oneOpNetwork("sum", "add", { a: ["N", 100], b: ["N", 100] }, {}, { batch: 1 }),
  capabilities,
);
const { y: result } = await runOracle(network.graph, network.parameters, network.feeds);
if (result === undefined) throw new Error("no result");

const sums = (error: (a: number, b: number) => number): Tensor => {
  const { a, b } = network.feeds;
  return float32(
    [1, 100],
    Float32Array.from(result.value, (value, i) => value + error(a.data[i], b.data[i])),
  );
};

describe("mayComeOfRoundedOperands", () => {
  it("allows the effect of operands held in float64 on a sum, which the sum's own bound does not cover", async () => {
    const held = sums((a, b) => 0.99 * 2 ** -24 * (Math.abs(a) + Math.abs(b)));
    const own = compareNode(network, held, result, undefined, capabilities);
    expect(own.agrees).toBe(false);
    expect(await mayComeOfRoundedOperands(network, held, result, capabilities)).toBe(true);
  });

  it.each([
    ["a thousandth", () => 1e-3],
    ["ten roundings", () => 10 * 2 ** -23],
    ["NaN", () => Number.NaN],
  ])("does not allow %s", async (_what, error) => {
    expect(await mayComeOfRoundedOperands(network, sums(error), result, capabilities)).toBe(false);
  });
});
