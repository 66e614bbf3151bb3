import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.js";

const NAMES = ["d2l/lenet", "d2l/resnet18", "resnet18", "resnet34", "vgg16"];

it.each([
  ["resnet18", "resnet18"],
  ["ResNet-18", "resnet18"],
  ["resnet_34", "resnet34"],
  ["d2l/resnet", "d2l/resnet18"],
  ["vgg", "vgg16"],
  ["", undefined],
  ["xyz", undefined],
])("%j: %j", (name, expected) => {
  expect(nearestName(name, NAMES)).toBe(expected);
});
