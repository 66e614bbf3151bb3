import { createBackend } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { activationMaps } from "./activation-maps.js";
import { activationPlan } from "./activation-plan.js";

describe("activationMaps", () => {
  it.each(["d2l/nin", "d2l/resnet18"])("has maps whose means, plus the bias, are the logits of %s", async (name) => {
    const { graph, parameters: specs } = createModel(name, { channels: 1, height: 96, width: 96, classes: 10 });
    const parameters = initParameters(specs, { seed: 3 });
    const plan = activationPlan(graph);
    if (plan.kind !== "possible") throw new Error("no plan");
    const input = float32(
      [1, 1, 96, 96],
      Array.from({ length: 96 * 96 }, (_, i) => Math.sin(i / 50)),
    );
    await using backend = await createBackend();
    await using executable = await backend.compile(graph, parameters, { taps: [plan.maps] });
    const { logits, [plan.maps]: pooled } = await executable.run({ input });
    const [, channels, height, width] = pooled.shape;
    const weights = plan.head === undefined ? undefined : (parameters[plan.head.weight].data as Float32Array);
    const bias = plan.head?.bias === undefined ? undefined : parameters[plan.head.bias].data;
    const maps = activationMaps({ channels, height, width, data: pooled.data as Float32Array }, weights);
    for (let one = 0; one < 10; one += 1) {
      const map = maps.subarray(one * height * width, (one + 1) * height * width);
      const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
      expect(mean + (bias?.[one] ?? 0)).toBeCloseTo(logits.data[one], 4);
    }
  });
});
