import { expect, test } from "vitest";
import type { WeightsChoice } from "./network.js";
import { publishedFor } from "./published.js";

const file = (classes: number, channels: number): WeightsChoice => ({
  kind: "file",
  files: { name: "a.safetensors", file: new Blob(), others: [] },
  counts: { classes, channels },
});

test("a file with ImageNet's number of classes is assumed to be its network's published weights", () => {
  expect(publishedFor({ model: "resnet18", weights: file(1000, 3) })?.preprocessing.mean[0]).toBe(0.485);
  expect(publishedFor({ model: "googlenet", weights: file(1000, 3) })?.options).toEqual({ transformInput: true });
});

test("other numbers of classes or channels, other networks and weights without a file are not published weights", () => {
  expect(publishedFor({ model: "resnet18", weights: file(10, 3) })).toBeUndefined();
  expect(publishedFor({ model: "resnet18", weights: file(1000, 1) })).toBeUndefined();
  expect(publishedFor({ model: "d2l/lenet", weights: file(1000, 3) })).toBeUndefined();
  expect(publishedFor({ model: "resnet18", weights: { kind: "seed", seed: 1 } })).toBeUndefined();
});
