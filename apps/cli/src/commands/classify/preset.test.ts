import { expect, it } from "vitest";
import { presetFor } from "./preset.js";

it.each([
  ["pretrained", undefined, "IMAGENET1K_V2"],
  ["pretrained:IMAGENET1K_V1", undefined, "IMAGENET1K_V1"],
  ["pretrained", "IMAGENET1K_V1", "IMAGENET1K_V1"],
  ["resnet50-11ad3fa6.pth", undefined, "IMAGENET1K_V2"],
  ["mine.pth", undefined, "IMAGENET1K_V1"],
])("--weights %s with --preset %s prepares pictures of resnet50 as for %s", (weights, preset, name) => {
  expect(presetFor("resnet50", { weights, classes: undefined, preset }).name).toBe(name);
});
