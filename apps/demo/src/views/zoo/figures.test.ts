import { createModel, modelSummary } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { figuresOf } from "./figures.js";

it.each([
  ["d2l/lenet", { parameters: 61_706, macs: 416_520, receptiveField: 16 }],
  ["alexnet", { parameters: 61_100_840, macs: 714_188_480, receptiveField: 195 }],
  ["resnet18", { parameters: 11_689_512, macs: 1_814_073_344, receptiveField: 435 }],
  // Squeeze-and-excitation depends on the whole image.
  ["mobilenet_v3_small", { parameters: 2_542_856, macs: 56_510_400, receptiveField: null }],
])("the figures of %s are those of the README and of its last feature map", (name, figures) => {
  expect(figuresOf(modelSummary(createModel(name)))).toEqual(figures);
});
