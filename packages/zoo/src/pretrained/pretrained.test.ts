import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { models } from "../models.js";
import { imagenetClasses } from "./imagenet-classes.js";
import { pretrainedFor, pretrainedWeights, publishedWeights } from "./pretrained.js";
import type { PretrainedWeights, PthFile } from "./pretrained-weights.js";

/**
 * Published with torchvision 0.29: the digits in the file's name, its size in MiB, and top-1 and top-5 of
 * `IMAGENET1K_V1`.
 */
const PUBLISHED: readonly (readonly [string, string, number, number, number])[] = [
  ["alexnet", "7be5be79", 233.087, 56.522, 79.066],
  ["vgg11", "8a719046", 506.84, 69.02, 88.628],
  ["vgg11_bn", "6002323d", 506.881, 70.37, 89.81],
  ["vgg13", "19584684", 507.545, 69.928, 89.246],
  ["vgg13_bn", "abd245e5", 507.59, 71.586, 90.374],
  ["vgg16", "397923af", 527.796, 71.592, 90.382],
  ["vgg16_bn", "6c64b313", 527.866, 73.36, 91.516],
  ["vgg19", "dcbb9e9d", 548.051, 72.376, 90.876],
  ["vgg19_bn", "c79401a0", 548.143, 74.218, 91.842],
  ["googlenet", "1378be20", 49.731, 69.778, 89.53],
  ["resnet18", "f37072fd", 44.661, 69.758, 89.078],
  ["resnet34", "b627a593", 83.275, 73.314, 91.42],
  ["resnet50", "0676ba61", 97.781, 76.13, 92.862],
  ["resnet101", "63fe2227", 170.511, 77.374, 93.546],
  ["resnet152", "394f9c45", 230.434, 78.312, 94.046],
  ["resnext50_32x4d", "7cdf4587", 95.789, 77.618, 93.698],
  ["resnext101_32x8d", "8ba56ff5", 339.586, 79.312, 94.526],
  ["resnext101_64x4d", "173b62eb", 319.318, 83.246, 96.454],
  ["wide_resnet50_2", "95faca4d", 131.82, 78.468, 94.086],
  ["wide_resnet101_2", "32ee1156", 242.896, 78.848, 94.284],
  ["densenet121", "a639ec97", 30.845, 74.434, 91.972],
  ["densenet161", "8d451a50", 110.369, 77.138, 93.56],
  ["densenet169", "b2777c0a", 54.708, 75.6, 92.806],
  ["densenet201", "c1103571", 77.373, 76.896, 93.37],
  ["squeezenet1_0", "b66bff10", 4.778, 58.092, 80.42],
  ["squeezenet1_1", "b8a52dc0", 4.729, 58.178, 80.624],
  ["mobilenet_v2", "b0353104", 13.555, 71.878, 90.286],
  ["inception_v3", "0cc3c7bd", 103.903, 77.294, 93.45],
];

/** Top-1 of `IMAGENET1K_V2`. */
const PUBLISHED_V2: readonly (readonly [string, number])[] = [
  ["resnet50", 80.858],
  ["resnet101", 81.886],
  ["resnet152", 82.284],
  ["resnext50_32x4d", 81.198],
  ["resnext101_32x8d", 82.834],
  ["wide_resnet50_2", 81.602],
  ["wide_resnet101_2", 82.51],
  ["mobilenet_v2", 72.154],
];

/** Files with auxiliary classifiers. */
const withHeads = new Set(["googlenet", "inception_v3"]);

function pthOf({ files }: PretrainedWeights): PthFile {
  const file = files.find(({ format }) => format === "pth");
  if (file?.format !== "pth") throw new Error("no pth file");
  return file;
}

describe("pretrained weights", () => {
  it("are of networks of the zoo, and of all of torchvision's", () => {
    const known = new Set(pretrainedWeights.map(({ model }) => model));
    const papers = ["lenet5", "alexnet_2012"];
    const torchvision = models
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("d2l/") && !papers.includes(name));
    expect([...known].toSorted()).toEqual(torchvision.toSorted());
    expect(PUBLISHED.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(PUBLISHED)("of %s have the published figures", (model, digits, mebibytes, top1, top5) => {
    const [weights] = pretrainedFor(model);
    expect(weights).toMatchObject({ model, name: "IMAGENET1K_V1", classes: 1000, accuracy: { top1, top5 } });
    expect(pthOf(weights)).toMatchObject({ mebibytes, sha256Prefix: digits });
  });

  it.each(PUBLISHED_V2)("of the second version of %s have the published accuracy", (model, top1) => {
    expect(pretrainedFor(model)[1]).toMatchObject({ name: "IMAGENET1K_V2", accuracy: { top1 } });
  });

  it("have two versions where torchvision trained a network again", () => {
    const names = (model: string): string[] => pretrainedFor(model).map(({ name }) => name);
    expect(names("resnet50")).toEqual(["IMAGENET1K_V1", "IMAGENET1K_V2"]);
    expect(names("efficientnet_b1")).toEqual(["IMAGENET1K_V1", "IMAGENET1K_V2"]);
    expect(names("resnet18")).toEqual(["IMAGENET1K_V1"]);
    expect(names("d2l/lenet")).toEqual([]);
    expect(new Set(pretrainedWeights.map(({ model, name }) => `${model} ${name}`)).size).toBe(pretrainedWeights.length);
  });

  it.each(pretrainedWeights.filter(({ files }) => files.length > 0))("$model $name have a file", (weights) => {
    const { url, sha256Prefix, mebibytes } = pthOf(weights);
    expect(sha256Prefix).toMatch(/^(?:[0-9a-f]{8}|[0-9a-f]{10})$/);
    expect(url).toMatch(/^https:\/\/download\.pytorch\.org\/models\/[\w.-]+\.pth$/);
    expect(url).toContain(`-${sha256Prefix}.pth`);
    expect(mebibytes).toBeGreaterThan(4);
  });

  it("are without a file only for EfficientNet-Lite", () => {
    const without = pretrainedWeights.filter(({ files }) => files.length === 0).map(({ model }) => model);
    expect(without).toEqual([0, 1, 2, 3, 4].map((size) => `efficientnet_lite${size}`));
  });

  it.each(pretrainedWeights)("$model $name have a consistent description", (weights) => {
    const { top1, top5 = 99 } = weights.accuracy;
    expect(top1).toBeGreaterThan(50);
    expect(top5).toBeGreaterThan(top1);
    expect(top5).toBeLessThan(100);
    expect(weights.preprocessing.resize).toBeGreaterThanOrEqual(weights.preprocessing.crop);
    for (const address of [weights.labels, weights.recipe, weights.accuracy.source]) {
      expect(address).toMatch(/^https:\/\//);
    }
  });

  it("are of the classes that torchvision names", () => {
    expect([0, 134, 281, 517, 999].map((index) => imagenetClasses[index])).toEqual([
      "tench",
      "crane bird",
      "tabby",
      "crane",
      "toilet tissue",
    ]);
    expect(new Set(imagenetClasses).size).toBe(1000);
    expect(pretrainedWeights.filter(({ classes }) => classes !== imagenetClasses.length)).toEqual([]);
    // The SHA-256 of torchvision 0.15.2's categories, separated by line feeds.
    expect(createHash("sha256").update(imagenetClasses.join("\n")).digest("hex")).toBe(
      "0b0f9fee7c952f257418d62aa701f023a9da13b443a14f5c4291e5724d92967c",
    );
  });

  it("have torchvision's preprocessing", () => {
    const normalisation = { antialias: true, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const presetOf = (model: string, version = 0): unknown => pretrainedFor(model)[version]?.preprocessing;
    expect(presetOf("resnet50")).toEqual({ resize: 256, crop: 224, interpolation: "bilinear", ...normalisation });
    expect(presetOf("resnet50", 1)).toMatchObject({ resize: 232, crop: 224 });
    expect(presetOf("inception_v3")).toMatchObject({ resize: 342, crop: 299 });
    expect(presetOf("efficientnet_b3")).toMatchObject({ resize: 320, crop: 300, interpolation: "bicubic" });
    expect(presetOf("efficientnet_b1", 1)).toMatchObject({ resize: 255, crop: 240, interpolation: "bilinear" });
  });

  it("have TensorFlow's preprocessing for EfficientNet-Lite", () => {
    const [preset] = pretrainedFor("efficientnet_lite3").map(({ preprocessing }) => preprocessing);
    expect(preset).toMatchObject({ resize: 312, crop: 280, interpolation: "bicubic" });
    const normalised = [0, 127, 255].map((byte) => (byte / 255 - preset.mean[0]) / preset.std[0]);
    expect(normalised.map((value) => Number(value.toFixed(9)))).toEqual([-127 / 128, 0, 1]);
  });

  it("need a transformed input only for GoogLeNet and Inception v3", () => {
    const transformed = pretrainedWeights.filter(({ options }) => options.transformInput === true);
    expect(transformed.map(({ model }) => model)).toEqual(["googlenet", "inception_v3"]);
  });

  it("of the networks that timm ports are available as safetensors too", () => {
    const repositoriesOf = (model: string): string[] =>
      pretrainedFor(model).flatMap(({ files }) =>
        files.flatMap((file) => ("repository" in file ? file.repository : [])),
      );
    expect(repositoriesOf("resnet50")).toEqual(["timm/resnet50.tv_in1k", "timm/resnet50.tv2_in1k"]);
    expect(repositoriesOf("vgg16_bn")).toEqual(["timm/vgg16_bn.tv_in1k"]);
    for (const model of ["alexnet", "googlenet", "squeezenet1_0", "mobilenet_v2", "efficientnet_b0", "convnext_tiny"]) {
      expect(repositoriesOf(model)).toEqual([]);
    }
  });

  it.each(PUBLISHED)("of %s have a file of two or four bytes per tensor element", (model, _digits, mebibytes) => {
    const elements = createModel(model, { auxiliary: withHeads.has(model) }).parameters.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    const width = model.startsWith("wide") ? 2 : 4; // The first files of the wide networks are in half precision.
    expect((mebibytes * 2 ** 20) / elements).toBeGreaterThan(width);
    expect((mebibytes * 2 ** 20) / elements).toBeLessThan(1.05 * width);
  });
});

describe("publishedWeights", () => {
  it("takes a checkpoint with the published classes and three channels for the network's published weights", () => {
    expect(publishedWeights("resnet18", { classes: 1000, channels: 3 })?.preprocessing.mean[0]).toBe(0.485);
    expect(publishedWeights("googlenet", { classes: 1000, channels: 3 })?.options).toEqual({ transformInput: true });
  });

  it.each([
    ["resnet50-11ad3fa6.pth", 232],
    ["resnet50-0676ba61.pth", 256],
    ["models--timm--resnet50.tv2_in1k/model.safetensors", 232],
    ["resnet50.safetensors", 256],
  ])("tells by the name %s that images are resized to %i", (path, resize) => {
    expect(publishedWeights("resnet50", { classes: 1000, channels: 3 }, path)?.preprocessing.resize).toBe(resize);
  });

  it.each([
    ["resnet18", { classes: 10, channels: 3 }],
    ["resnet18", { classes: 1000, channels: 1 }],
    ["d2l/lenet", { classes: 1000, channels: 3 }],
  ])("takes %s with %o for a custom checkpoint", (model, counts) => {
    expect(publishedWeights(model, counts)).toBeUndefined();
  });
});
