import { runOracle } from "@isoconv/backend-reference";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import { initParameters, parameterCount } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "../../create-model.js";

const { graph, parameters, modules } = createModel("lenet5");
const weights = initParameters(parameters, { seed: 1 });
const input = float32([1, 1, 32, 32], uniform(1, "input", 32 * 32, -0.1, 1.175));
const valueOf = (path: string): string => modules.get(path) ?? "";

describe("lenet5", () => {
  /** A connection is a multiply-add or a bias added; a subsampling adds four inputs and a bias. */
  it.each([
    ["c1", 156, 122_304, 28 * 28],
    ["s2", 12, 5880, 14 * 14],
    ["c3", 1516, 151_600, 10 * 10],
    ["s4", 32, 2000, 5 * 5],
    ["c5", 48_120, 48_120, 1],
    ["f6", 10_164, 10_164, 1],
  ])("%s has the %d parameters and %d connections of the paper", (layer, count, connections, positions) => {
    const own = parameters.filter(({ name }) => name.startsWith(`${layer}.`));
    expect(parameterCount(own)).toBe(count);
    const inputsSummed = layer.startsWith("s") ? 4 : 1;
    const perPosition = own
      .filter(({ trainable }) => trainable)
      .map(({ shape, kind }) => elementCount(shape) * (kind === "weight" ? inputsSummed : 1));
    expect(perPosition.reduce((sum, each) => sum + each, 0) * positions).toBe(connections);
  });

  it("keeps the code vectors in the state_dict, untrained", () => {
    const centers = parameters.find(({ name }) => name === "output.centers");
    expect(centers).toMatchObject({ shape: [10, 84], kind: "center", trainable: false });
    expect(new Set(weights["output.centers"]?.data)).toEqual(new Set([-1, 1]));
  });

  it("uses a squashing function that maps 1 to 1", async () => {
    const results = await runOracle(graph, weights, { input }, { taps: [valueOf("f6"), valueOf("squash_5")] });
    const squashed = [...(results[valueOf("squash_5")]?.value ?? [])];
    const sums = [...(results[valueOf("f6")]?.value ?? [])];
    expect(squashed).toHaveLength(84);
    for (const [k, sum] of sums.entries()) expect(squashed[k]).toBeCloseTo(1.7159 * Math.tanh((2 * sum) / 3), 6);
    expect(1.7159 * Math.tanh(2 / 3)).toBeCloseTo(1, 4);
  });

  it("gives the greatest logit to the nearest code vector", async () => {
    const features = valueOf("squash_5");
    const before = await runOracle(graph, weights, { input }, { taps: [features] });
    const centers = Float32Array.from(weights["output.centers"]?.data ?? []);
    centers.set(before[features]?.value ?? [], 3 * 84);
    const moved = { ...weights, "output.centers": float32([10, 84], centers) };
    const logits = [...((await runOracle(graph, moved, { input }))["logits"]?.value ?? [])];
    expect(logits[3]).toBeCloseTo(0, 10);
    expect(Math.max(...logits)).toBe(logits[3]);
    const f6 = [...(before[features]?.value ?? [])];
    const distance = f6.reduce((sum, x, k) => sum + (x - (centers[k] ?? NaN)) ** 2, 0);
    expect(logits[0]).toBeCloseTo(-distance, 8);
  });
});
