import { runOracle } from "@isoconv/backend-reference";
import { float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { expect, it } from "vitest";
import { createModel } from "../../create-model.js";

it("shufflenet_v2 interleaves the channels of the half it keeps and the half it processes", async () => {
  const { graph, parameters, modules } = createModel("shufflenet_v2_x0_5", { classes: 2, height: 8, width: 8 });
  const input = float32([1, 3, 8, 8], uniform(1, "input", 192, -1, 1));
  const weights = initParameters(parameters, { seed: 1, scheme: "conformance" });
  const paths = ["stage2.0", "stage2.1", "stage2.1.branch2"];
  const taps = paths.map((path) => modules.get(path) ?? "");
  const results = await runOracle(graph, weights, { input }, { taps });
  const [before = [], after = [], worked = []] = taps.map((tap) => [...(results[tap]?.value ?? [])]);
  expect(results[taps[1] ?? ""]?.shape).toEqual([1, 48, 1, 1]);
  expect(after.filter((_, channel) => channel % 2 === 0)).toEqual(before.slice(0, 24));
  expect(after.filter((_, channel) => channel % 2 === 1)).toEqual(worked);
});
