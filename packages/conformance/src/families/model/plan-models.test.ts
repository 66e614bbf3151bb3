import { graphCost } from "@isoconv/core-spec";
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
  it("takes one small network of each family that the oracle computes in a moment, layer by layer and end to end", () => {
    const taken = new Set(quick.map(({ model }) => named(model).family));
    expect(quick).toHaveLength(2 * taken.size);
    const left = ["alexnet", "nin", "vgg", "googlenet", "resnet", "inception", "efficientnet", "convnext"];
    expect([...families].filter((family) => !taken.has(family))).toEqual(left);
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
  it("takes the cheapest network of each family both ways, up to 2 GMAC at its published size", () => {
    for (const mode of ["layer-by-layer", "end-to-end"] as const) {
      const taken = full.filter((each) => each.mode === mode);
      expect(taken.map(({ model }) => named(model).family).toSorted()).toEqual([...families].toSorted());
      for (const { model, inputShape } of taken) {
        const own = ownSize(named(model));
        const { macs } = graphCost(modelAt(named(model), own).graph);
        expect(inputShape).toEqual(macs <= 2e9 ? own : smallSize(named(model)));
      }
    }
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
