import { readFile } from "node:fs/promises";
import { graphCost, shapesOf } from "@isoconv/core-spec";
import { parameterCount, trace, type ParameterSpec } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";
import { figures } from "./figures.test.support.js";
import type { Model } from "./model.js";
import { models } from "./models.js";

function stageShapes(model: Model, paths: readonly string[]): Readonly<Record<string, unknown>> {
  const shapes = shapesOf(model.graph);
  return Object.fromEntries(paths.map((path) => [path, shapes.get(model.modules.get(path) ?? "")?.slice(1)]));
}

/** In training batch norms also count their batches, in a tensor that the zoo leaves out. */
function tensorCount(parameters: readonly ParameterSpec[]): number {
  const stored = parameters.filter(({ kind }) => kind !== "constant");
  return stored.length + stored.filter(({ kind }) => kind === "runningMean").length;
}

describe.each(models)("$name", (definition) => {
  const { name, minimumSize, defaults } = definition;
  const model = createModel(name);
  const published = figures[name];

  it("has the published figures", () => {
    expect(parameterCount(model.parameters)).toBe(published?.parameters);
    expect(graphCost(model.graph).macs).toBe(published?.macs);
    expect(tensorCount(model.parameters)).toBe(published?.tensors);
    expect(stageShapes(model, Object.keys(published?.stages ?? {}))).toEqual(published?.stages);
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

  it("states its smallest input", () => {
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
  expect(Object.keys(figures).toSorted()).toEqual(models.map(({ name }) => name).toSorted());
});

it("the README lists every model with its figures", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `([\w/-]+)`\s*\|.*\| ([\d,]+)\s*\| ([\d,]+)\s*\|$/gm)];
  const count = (text: string | undefined): number => Number(text?.replaceAll(",", ""));
  expect(rows.map(([, name, parameters, macs]) => [name, count(parameters), count(macs)])).toEqual(
    models.map(({ name }) => [name, figures[name]?.parameters, figures[name]?.macs]),
  );
});

it("d2l/resnet18 has the published cost at 224×224 too", () => {
  expect(graphCost(createModel("d2l/resnet18", { height: 224, width: 224 }).graph).macs).toBe(1_734_890_496);
});
