import { conv2d, flatten, linear, relu, sequential, trace } from "@isoconv/nn";
import { expect, it } from "vitest";
import { drawingOf, modelSummary, ownModel } from "./index.js";

const traced = trace(
  sequential({
    conv: conv2d(3, 4, { kernelSize: 3, padding: 1 }),
    relu: relu(),
    flatten: flatten(),
    fc: linear(4 * 8 * 8, 5),
  }),
  { name: "mine", input: { shape: ["N", 3, 8, 8] } },
);

it("a network outside the zoo has a summary and a drawing", () => {
  const model = ownModel(traced);
  expect(model).toMatchObject({ name: "mine", classes: 5, inputShape: ["N", 3, 8, 8], omitted: [] });
  expect(modelSummary(model).children.map(({ path }) => path)).toEqual(["conv", "relu", "flatten", "fc"]);
  expect(drawingOf(model).boxes.map(({ id }) => id)).toEqual(["input:input", "conv", "flatten", "fc", "output:logits"]);
});

it("a network outside the zoo ends at the requested features", () => {
  const { graph, parameters, omitted } = ownModel(traced, { features: ["relu"] });
  expect(graph.outputs).toEqual([{ name: "relu", value: "relu" }]);
  expect([parameters.length, omitted.length]).toEqual([2, 2]);
});

it("a feature that is no module is refused with the modules that there are", () => {
  expect(() => ownModel(traced, { features: ["fc2"] })).toThrow(
    /^INVALID_ATTRIBUTE: "mine" options.features: no such module; expected one of conv, relu, flatten, fc, got "fc2"/,
  );
  expect(() => ownModel(traced, { feature: [] } as never)).toThrow(/Did you mean "features"\?/);
});
