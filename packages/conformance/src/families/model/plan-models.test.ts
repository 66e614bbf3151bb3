import { models, type ModelDefinition } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { budgets } from "../../plan/budget.js";
import { modelAt, ownSize, smallSize } from "./model-size.js";
import { planModels } from "./plan-models.js";

const families = new Set(models.map(({ family }) => family));
const quick = planModels(models, { limits: budgets.quick, seed: 7 });
const full = planModels(models, { limits: budgets.full, seed: 7 });
const named = (name: string): ModelDefinition => models.find((definition) => definition.name === name)!;

describe("quick", () => {
  it("takes one small network of each family without very many parameters, layer by layer and end to end", () => {
    const taken = new Set(quick.map(({ model }) => named(model).family));
    expect(quick).toHaveLength(2 * taken.size);
    expect([...families].filter((family) => !taken.has(family))).toEqual(["alexnet", "inception", "convnext"]);
    for (const { model, inputShape, mode, id, seed } of quick) {
      const [batch, , height, width] = inputShape;
      expect(id).toBe(`model/${model}/${mode}`);
      expect([batch, seed]).toEqual([1, 7]);
      expect(Math.max(height, width)).toBeLessThanOrEqual(Math.max(64, named(model).minimumSize));
    }
  });

  it("lists the operations of each network", () => {
    const lenet = quick.find(({ model }) => model === "d2l/lenet");
    expect(lenet?.ops.toSorted()).toEqual(["avgPool2d", "conv2d", "flatten", "linear", "sigmoid"]);
  });
});

describe("full", () => {
  it("takes every network layer by layer, up to 2 GMAC at its published size", () => {
    const layers = full.filter(({ mode }) => mode === "layer-by-layer");
    expect(layers.map(({ model }) => model)).toEqual(models.map(({ name }) => name));
    const shapeOf = (name: string) => layers.find(({ model }) => model === name)?.inputShape;
    expect(shapeOf("resnet18")).toEqual([1, 3, 224, 224]);
    expect(shapeOf("resnet152")).toEqual([1, 3, 33, 33]);
  });

  it("takes the cheapest network of each family end to end, at its published size", () => {
    const whole = full.filter(({ mode }) => mode === "end-to-end");
    expect(whole.map(({ model }) => named(model).family).toSorted()).toEqual([...families].toSorted());
    for (const { model, inputShape } of whole) expect(inputShape).toEqual(ownSize(named(model)));
  });
});

describe("modelAt", () => {
  it("has the published classes at the published size, ten at others", () => {
    const resnet = named("resnet18");
    expect(modelAt(resnet, ownSize(resnet)).classes).toBe(1000);
    expect(modelAt(resnet, smallSize(resnet)).classes).toBe(10);
  });

  it("never goes below a network's minimum", () => {
    expect(smallSize({ ...named("resnet18"), minimumSize: 75 })).toEqual([1, 3, 75, 75]);
    expect(smallSize(named("d2l/lenet"))).toEqual([1, 1, 28, 28]);
  });
});
