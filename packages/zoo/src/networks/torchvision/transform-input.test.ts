import { runOracle } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { initParameters, parameterCount, trace, type TracedModule } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { findModel } from "../../create-model.js";
import type { NetworkVariants } from "../../model.js";
import { transformInput } from "./transform-input.js";

it("converts ImageNet's normalisation to mean and deviation 0.5", async () => {
  const { graph, parameters } = trace(transformInput(), { name: "transform", input: { shape: ["N", 3, 1, 2] } });
  const pixels = [0, 1]; // The same in all channels.
  const normalise = (mean: number, deviation: number): number[] => pixels.map((pixel) => (pixel - mean) / deviation);
  const image = [...normalise(0.485, 0.229), ...normalise(0.456, 0.224), ...normalise(0.406, 0.225)];
  const feeds = { input: float32([1, 3, 1, 2], image) };
  const { logits } = await runOracle(graph, initParameters(parameters, { seed: 1 }), feeds);
  for (const [k, expected] of [-1, 1, -1, 1, -1, 1].entries()) expect(logits?.value[k]).toBeCloseTo(expected, 6);
});

it("refuses images that are not of three channels", () => {
  const googlenet = findModel("googlenet");
  const grey = googlenet.build({ ...googlenet.defaults, channels: 1, transformInput: true });
  expect(() => trace(grey, { name: "googlenet", input: { shape: ["N", 1, 224, 224] } })).toThrow(
    /^INVALID_ATTRIBUTE: "transform_input" options.transformInput: only colour images.*expected 3 channels, got 1$/,
  );
});

describe.each(["googlenet", "inception_v3"])("%s with transformInput", (name) => {
  const definition = findModel(name);
  const { defaults, variants } = definition;
  const traced = (variant: NetworkVariants): TracedModule =>
    trace(definition.build({ ...defaults, ...variant }), {
      name,
      input: { shape: ["N", 3, defaults.height, defaults.width] },
    });

  it("has the same state_dict and two more constants", () => {
    expect(variants).toContain("transformInput");
    const plain = traced({});
    const transformed = traced({ transformInput: true });
    expect(transformed.parameters.filter(({ kind }) => kind !== "constant")).toEqual(plain.parameters);
    expect(transformed.parameters).toHaveLength(plain.parameters.length + 2);
    expect(parameterCount(transformed.parameters)).toBe(parameterCount(plain.parameters));
    expect(transformed.graph.nodes[0]).toMatchObject({ op: "mul", inputs: { a: "input" } });
  });
});
