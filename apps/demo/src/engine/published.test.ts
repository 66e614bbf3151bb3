import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import type { WeightsChoice } from "./network.js";
import { normalise, publishedFor } from "./published.js";

const file = (classes: number, channels: number): WeightsChoice => ({
  kind: "file",
  name: "a.safetensors",
  file: new Blob(),
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

test("each channel is normalised by its own mean and standard deviation", () => {
  const image = float32([1, 3, 1, 2], [0.5, 1, 0.5, 1, 0.5, 1]);
  const { shape, data } = normalise(image, { mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1] });
  expect(shape).toEqual(image.shape);
  expect([...data]).toEqual([0, 1, 1, 3, 0.5, 1]);
});
