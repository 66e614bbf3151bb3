import { graphCost, shapesOf } from "@isoconv/core-spec";
import { parameterCount, trace } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";
import type { Model } from "./model.js";
import { models } from "./models.js";

/** The published figures; `stages` are shapes for one image by module path. */
const FIGURES: Readonly<
  Record<string, { parameters: number; macs: number; stages: Readonly<Record<string, readonly number[]>> }>
> = {
  "d2l/lenet": {
    parameters: 61_706,
    macs: 416_520,
    stages: {
      "0": [6, 28, 28],
      "2": [6, 14, 14],
      "3": [16, 10, 10],
      "5": [16, 5, 5],
      "6": [400],
      "7": [120],
      "9": [84],
      "11": [10],
    },
  },
  "d2l/resnet18": {
    parameters: 11_178_378,
    macs: 318_657_536,
    stages: {
      "0": [64, 24, 24],
      "1": [64, 24, 24],
      "2": [128, 12, 12],
      "3": [256, 6, 6],
      "4": [512, 3, 3],
      "5": [512, 1, 1],
      "6": [512],
      "7": [10],
    },
  },
  resnet18: {
    parameters: 11_689_512,
    macs: 1_814_073_344,
    stages: {
      conv1: [64, 112, 112],
      maxpool: [64, 56, 56],
      layer1: [64, 56, 56],
      layer2: [128, 28, 28],
      layer3: [256, 14, 14],
      layer4: [512, 7, 7],
      avgpool: [512, 1, 1],
      flatten: [512],
      fc: [1000],
    },
  },
};

function stageShapes(model: Model, paths: readonly string[]): Readonly<Record<string, unknown>> {
  const shapes = shapesOf(model.graph);
  return Object.fromEntries(paths.map((path) => [path, shapes.get(model.modules.get(path) ?? "")?.slice(1)]));
}

describe.each(models)("$name", (definition) => {
  const { name, minimumSize, defaults } = definition;
  const model = createModel(name);
  const figures = FIGURES[name];

  it("has the published figures", () => {
    expect(parameterCount(model.parameters)).toBe(figures?.parameters);
    expect(graphCost(model.graph).macs).toBe(figures?.macs);
    expect(stageShapes(model, Object.keys(figures?.stages ?? {}))).toEqual(figures?.stages);
  });

  it("takes a batch of images and returns a score for each class", () => {
    expect(model.inputShape).toEqual(["N", defaults.channels, defaults.height, defaults.width]);
    const logits = model.graph.outputs.find((output) => output.name === "logits");
    expect(shapesOf(model.graph).get(logits?.value ?? "")).toEqual(["N", defaults.classes]);
  });

  it("lists exactly the parameters of its graph", () => {
    const bySpec = new Map(model.parameters.map((spec) => [spec.name, spec.shape]));
    expect(bySpec.size).toBe(model.parameters.length);
    expect(new Map(model.graph.parameters.map((spec) => [spec.name, spec.shape]))).toEqual(bySpec);
  });

  it("knows its smallest input", () => {
    const build = (size: number): unknown =>
      trace(definition.build({ ...defaults, height: size, width: size }), {
        name,
        input: { shape: ["N", defaults.channels, size, size] },
      });
    expect(() => build(minimumSize)).not.toThrow();
    expect(() => build(minimumSize - 1)).toThrow(/INVALID_SHAPE/);
  });

  it("may have other classes and channels", () => {
    const other = createModel(name, { classes: 7, channels: 2 });
    expect(other.classes).toBe(7);
    expect(other.inputShape[1]).toBe(2);
    expect(shapesOf(other.graph).get(other.graph.outputs[0]?.value ?? "")).toEqual(["N", 7]);
  });
});

it("no two models share a name", () => {
  expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
  expect(Object.keys(FIGURES).toSorted()).toEqual(models.map(({ name }) => name).toSorted());
});

it("d2l/resnet18 has the published cost at 224×224 too", () => {
  expect(graphCost(createModel("d2l/resnet18", { height: 224, width: 224 }).graph).macs).toBe(1_734_890_496);
});
