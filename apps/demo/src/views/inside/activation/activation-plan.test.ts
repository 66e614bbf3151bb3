import { createModel } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { activationPlan } from "./activation-plan.js";

const planOf = (name: string): ReturnType<typeof activationPlan> => activationPlan(createModel(name).graph);

describe("activationPlan", () => {
  it.each([
    ["resnet18", "layer4.1.relu_1", "fc.weight", "fc.bias"],
    ["googlenet", "inception5b.cat", "fc.weight", "fc.bias"],
    ["densenet121", "relu", "classifier.weight", "classifier.bias"],
    ["mobilenet_v2", "features.18.2", "classifier.1.weight", "classifier.1.bias"],
    ["d2l/resnet18", "4.1.relu_1", "7.weight", "7.bias"],
  ])("takes the linear layer of %s after global pooling", (name, maps, weight, bias) => {
    expect(planOf(name)).toEqual({ kind: "possible", maps, head: { weight, bias } });
  });

  it.each([
    ["d2l/nin", "7.5"],
    ["squeezenet1_0", "classifier.2"],
  ])("takes the maps of %s as they are: one a class, from a 1×1 convolution", (name, maps) => {
    expect(planOf(name)).toEqual({ kind: "possible", maps, head: undefined });
  });

  it.each([
    ["mobilenet_v3_small", "classifier.1", "hardSwish"],
    ["convnext_tiny", "classifier.0", "layerNorm"],
  ])("says what stands between pooling and the last layer of %s", (name, node, op) => {
    expect(planOf(name)).toEqual({ kind: "between", node, op });
  });

  it.each([
    ["d2l/lenet", "sigmoid"],
    ["vgg16", "relu"],
    ["alexnet", "relu"],
  ])("says that %s does not pool before its last layer", (name, op) => {
    expect(planOf(name)).toMatchObject({ kind: "no-pooling", op });
  });
});
