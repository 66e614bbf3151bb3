import { expect, it } from "vitest";
import { downloadLabel, pretrainedName } from "./pretrained.js";

it.each([
  ["pretrained", ""],
  ["pretrained:IMAGENET1K_V1", "IMAGENET1K_V1"],
  ["pretrained.safetensors", undefined],
  ["./pretrained", undefined],
])("--weights %s is of published weights with the name %j", (source, name) => {
  expect(pretrainedName(source)).toBe(name);
});

it.each([
  [0, 44_700_000, "downloading resnet18 ──────────────────────── 0 % of 44.7 MB"],
  [22_350_000, 44_700_000, "downloading resnet18 ━━━━━━━━━━━━──────────── 50 % of 44.7 MB"],
  [44_699_999, 44_700_000, "downloading resnet18 ━━━━━━━━━━━━━━━━━━━━━━━━ 99 % of 44.7 MB"],
  [1_230_000, undefined, "downloading resnet18: 1.2 MB"],
])("shows %s of %s bytes", (loaded, total, label) => {
  expect(downloadLabel("resnet18", loaded, total)).toBe(label);
});
