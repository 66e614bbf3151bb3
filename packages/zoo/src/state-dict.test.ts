import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";

const conv = (path: string): string[] => [`${path}.weight`];
const biased = (path: string): string[] => [`${path}.weight`, `${path}.bias`];
const norm = (path: string): string[] =>
  ["weight", "bias", "running_mean", "running_var"].map((key) => `${path}.${key}`);
const keysOf = (name: string): string[] => createModel(name).parameters.map((spec) => spec.name);

describe("state_dict keys in PyTorch's order", () => {
  it("d2l/lenet", () => {
    expect(keysOf("d2l/lenet")).toEqual(["0", "3", "7", "9", "11"].flatMap(biased));
  });

  it("d2l/resnet18", () => {
    const block = (path: string, isProjected: boolean): string[] => [
      ...biased(`${path}.conv1`),
      ...biased(`${path}.conv2`),
      ...(isProjected ? biased(`${path}.conv3`) : []),
      ...norm(`${path}.bn1`),
      ...norm(`${path}.bn2`),
    ];
    expect(keysOf("d2l/resnet18")).toEqual([
      ...biased("0.0"),
      ...norm("0.1"),
      ...[1, 2, 3, 4].flatMap((stage) => [...block(`${stage}.0`, stage > 1), ...block(`${stage}.1`, false)]),
      ...biased("7"),
    ]);
  });

  it("resnet18", () => {
    const block = (path: string, isProjected: boolean): string[] => [
      ...conv(`${path}.conv1`),
      ...norm(`${path}.bn1`),
      ...conv(`${path}.conv2`),
      ...norm(`${path}.bn2`),
      ...(isProjected ? [...conv(`${path}.downsample.0`), ...norm(`${path}.downsample.1`)] : []),
    ];
    const keys = keysOf("resnet18");
    expect(keys).toEqual([
      ...conv("conv1"),
      ...norm("bn1"),
      ...[1, 2, 3, 4].flatMap((layer) => [...block(`layer${layer}.0`, layer > 1), ...block(`layer${layer}.1`, false)]),
      ...biased("fc"),
    ]);
    const norms = keys.filter((key) => key.endsWith("running_mean")).length;
    expect([keys.length, keys.length + norms]).toEqual([102, 122]); // with num_batches_tracked as torchvision's file
  });
});
