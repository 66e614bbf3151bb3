import { runOracle } from "@isoconv/backend-reference";
import { float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { expect, it } from "vitest";
import { createModel } from "../../create-model.js";

it("alexnet_2012 normalises responses by the paper's formula: b = a / (2 + 1e-4 · Σ a²)^0.75 over five channels", async () => {
  const size = 67;
  const { graph, parameters } = createModel("alexnet_2012", { classes: 2, height: size, width: size });
  const input = float32([1, 3, size, size], uniform(1, "input", 3 * size * size, -100, 100));
  const weights = initParameters(parameters, { seed: 1, scheme: "kaimingUniform" });
  const results = await runOracle(graph, weights, { input }, { taps: ["features.1", "features.2"] });
  const a = results["features.1"];
  const b = results["features.2"];
  const positions = 15 * 15;
  expect(a?.shape).toEqual([1, 96, 15, 15]);
  const response = (c: number): number => a?.value[c * positions] ?? 0; // in the image's corner
  const sums = Array.from({ length: 96 }, (_, channel) => {
    const window = [-2, -1, 0, 1, 2].map((offset) => channel + offset).filter((c) => c >= 0 && c < 96);
    return window.reduce((total, c) => total + response(c) ** 2, 0);
  });
  expect(Math.max(...sums)).toBeGreaterThan(20_000); // Large enough that α·Σ is significant compared with k = 2.
  for (const [channel, sum] of sums.entries()) {
    expect(b?.value[channel * positions]).toBeCloseTo(response(channel) / (2 + 1e-4 * sum) ** 0.75, 5);
  }
});
