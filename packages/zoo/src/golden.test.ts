import { runOracle } from "@isoconv/backend-reference";
import type { ConcreteShape } from "@isoconv/core-spec";
import { inputOf, modelGoldens, modelResults } from "@isoconv/goldens";
import { initParameters, parameterCount } from "@isoconv/nn";
import { expect, test } from "vitest";
import { createModel } from "./create-model.js";
import { models } from "./models.js";

/**
 * Of the largest element. Both sides compute in float64: what remains is the order of sums (1e-15) and batch norm's ε,
 * which isoconv rounds to float32 (1e-12).
 */
const PRECISION = 1e-11;

test("every model has a golden", () => {
  expect(new Set(modelGoldens.map(({ model }) => model))).toEqual(new Set(models.map(({ name }) => name)));
});

test.for(modelGoldens)("$id gives PyTorch's logits and activations", { timeout: 60_000 }, async (golden) => {
  const { id, inputShape, seed, activations } = golden;
  const [, channels, height, width] = inputShape;
  const { graph, parameters, modules } = createModel(golden.model, { channels, height, width });
  expect(parameterCount(parameters)).toBe(golden.parameters);

  const input = inputOf(golden);
  const valueOf = new Map(activations.map((path) => [path, modules.get(path) ?? path]));
  const values = initParameters(parameters, { seed, scheme: "conformance" });
  const results = await runOracle(graph, values, { input }, { taps: [...valueOf.values()] });

  expectClose(results["logits"], `${id}/logits`);
  for (const [path, value] of valueOf) expectClose(results[value], `${id}/${path}`);
});

function expectClose(received: { readonly shape: ConcreteShape; readonly value: Float64Array }, name: string): void {
  const golden = modelResults.get(name);
  expect(received.shape, name).toEqual(golden?.shape);
  const expected = golden?.toFloat64() ?? new Float64Array();
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const error = received.value.reduce((max, value, k) => Math.max(max, Math.abs(value - (expected[k] ?? NaN))), 0);
  expect(error / largest, name).toBeLessThan(PRECISION);
}
