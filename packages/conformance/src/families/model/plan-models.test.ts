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
  it("takes one small network of each family, both ways", () => {
    expect(quick).toHaveLength(2 * families.size);
    for (const { model, inputShape, mode, id, seed } of quick) {
      const [batch, , height, width] = inputShape;
      expect(id).toBe(`model/${model}/${mode}`);
      expect([batch, seed]).toEqual([1, 7]);
      expect(Math.max(height, width)).toBeLessThanOrEqual(Math.max(64, named(model).minimumSize));
    }
  });

  it("names the operations each network takes", () => {
    const lenet = quick.find(({ model }) => model === "d2l/lenet");
    expect(lenet?.ops.toSorted()).toEqual(["avgPool2d", "conv2d", "flatten", "linear", "sigmoid"]);
  });
});

describe("full", () => {
  it("takes every network layer by layer at its own size", () => {
    const layers = full.filter(({ mode }) => mode === "layer-by-layer");
    expect(layers.map(({ model }) => model)).toEqual(models.map(({ name }) => name));
    for (const { model, inputShape } of layers) expect(inputShape).toEqual(ownSize(named(model)));
  });

  it("takes every network end to end, at its own size up to 4 GMAC", () => {
    const whole = full.filter(({ mode }) => mode === "end-to-end");
    expect(whole.map(({ model }) => model)).toEqual(models.map(({ name }) => name));
    expect(whole.find(({ model }) => model === "resnet18")?.inputShape).toEqual([1, 3, 224, 224]);
    const huge = { ...named("resnet18"), defaults: { ...named("resnet18").defaults, height: 448, width: 448 } };
    // Built by name, so only the size differs from the zoo's entry.
    const [layers, small] = planModels([huge], { limits: budgets.full, seed: 1 });
    expect([layers?.inputShape[2], small?.inputShape[2]]).toEqual([448, 32]);
  });
});

describe("modelAt", () => {
  it("has its own classes at its own size, ten elsewhere", () => {
    const resnet = named("resnet18");
    expect(modelAt(resnet, ownSize(resnet)).classes).toBe(1000);
    expect(modelAt(resnet, smallSize(resnet)).classes).toBe(10);
  });

  it("never goes below a network's minimum", () => {
    expect(smallSize({ ...named("resnet18"), minimumSize: 75 })).toEqual([1, 3, 75, 75]);
    expect(smallSize(named("d2l/lenet"))).toEqual([1, 1, 28, 28]);
  });
});
