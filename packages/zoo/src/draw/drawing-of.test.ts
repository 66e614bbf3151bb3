import { conv2d, dropout, parameterCount, relu, sequential, trace, type Module } from "@isoconv/nn";
import { graphCost } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import type { Model } from "../model.js";
import { models } from "../models.js";
import type { Drawing } from "./drawing.js";
import { drawingOf } from "./drawing-of.js";

function modelOf(module: Module): Model {
  const model = createModel("d2l/lenet");
  return { ...model, ...trace(module, { name: "net", input: { shape: ["N", 1, 8, 8] } }) };
}

/** `name: does · then ×repeats`, without the input and the outputs. */
function print({ boxes }: Drawing): readonly string[] {
  return boxes
    .filter(({ kind }) => kind === "operation" || kind === "block")
    .map(
      ({ name, does, followers, repeats }) =>
        `${name}: ${[does, ...followers].join(" · ")}${repeats > 1 ? ` ×${repeats}` : ""}`,
    );
}

const edgesOf = ({ edges }: Drawing): readonly string[] => edges.map(({ from, to }) => `${from} → ${to}`);

describe("drawingOf", () => {
  it("shows GoogLeNet's Inception blocks, and one level deeper their parallel branches", () => {
    const googlenet = createModel("googlenet");
    expect(print(drawingOf(googlenet)).slice(0, 7)).toEqual([
      "conv1: conv 7×7 /2, 64 · batchNorm · relu",
      "maxpool1: max pool 3×3 /2",
      "conv2: conv 1×1, 64 · batchNorm · relu",
      "conv3: conv 3×3, 192 · batchNorm · relu",
      "maxpool2: max pool 3×3 /2",
      "inception3a: 4 conv 1×1, 2 conv 3×3, max pool 3×3, concat",
      "inception3b: 4 conv 1×1, 2 conv 3×3, max pool 3×3, concat",
    ]);
    const opened = drawingOf(googlenet, { depth: 2 });
    expect(print(opened).filter((line) => line.startsWith("inception3a"))).toEqual([
      "inception3a.branch1: conv 1×1, 64 · batchNorm · relu",
      "inception3a.branch2: conv 1×1, conv 3×3",
      "inception3a.branch3: conv 1×1, conv 3×3",
      "inception3a.branch4: max pool 3×3, conv 1×1",
      "inception3a.cat: concat",
    ]);
    expect(edgesOf(opened).filter((edge) => edge.includes("inception3a"))).toEqual([
      ...[1, 2, 3, 4].map((branch) => `maxpool2 → inception3a.branch${branch}`),
      ...[1, 2, 3, 4].map((branch) => `inception3a.branch${branch} → inception3a.cat`),
      ...[1, 2, 3, 4].map((branch) => `inception3a.cat → inception3b.branch${branch}`),
    ]);
  });

  it("folds ResNet-50's identical blocks", () => {
    expect(print(drawingOf(createModel("resnet50"))).slice(2, 6)).toEqual([
      "layer1.0: 3 conv 1×1, conv 3×3, add",
      "layer1.1: 2 conv 1×1, conv 3×3, add ×2",
      "layer2.0: 2 conv 1×1, conv 3×3 /2, conv 1×1 /2, add",
      "layer2.1: 2 conv 1×1, conv 3×3, add ×3",
    ]);
  });

  it("draws ResNet-18's shortcuts", () => {
    const edges = edgesOf(drawingOf(createModel("resnet18")));
    expect(edges).toEqual(expect.arrayContaining(["maxpool → layer1.0.conv1", "maxpool → layer1.0.add"]));
    expect(edges).toContain("layer2.0.downsample.0 → layer2.0.add");
  });

  it("shows DenseNet-121's blocks and transitions, and MobileNetV2's depthwise convolutions", () => {
    const dense = print(drawingOf(createModel("densenet121")));
    expect(dense).toContain("features.denseblock2: 12 conv 1×1, 12 conv 3×3, 12 concat");
    expect(dense).toContain("features.transition2: conv 1×1, average pool 2×2 /2");
    expect(print(drawingOf(createModel("mobilenet_v2"), { depth: 2 }))).toEqual(
      expect.arrayContaining([
        "features.0: conv 3×3 /2, 32 · batchNorm · relu6",
        "features.2: 2 conv 1×1, depthwise 3×3 /2",
        "features.5: 2 conv 1×1, depthwise 3×3, add ×2",
      ]),
    );
  });

  it("draws an activation separately where its operand has another reader, or comes from a block", () => {
    const conv = conv2d(1, 1, { kernelSize: 1 });
    const forked: Module = (scope, x) => {
      const y = scope.call("conv", conv, x);
      return scope.graph.add({ a: y, b: scope.call("relu", relu(), y) }, {}, "sum");
    };
    expect(print(drawingOf(modelOf(forked)))).toEqual(["conv: conv 1×1, 1", "relu: relu", "sum: add"]);
    const block = sequential({ block: sequential([conv, conv]), relu: relu(), dropout: dropout() });
    expect(print(drawingOf(modelOf(block), { depth: 1 }))).toEqual(["block: 2 conv 1×1", "relu: relu · dropout"]);
  });

  it("does not fold blocks that differ inside, nor blocks that are also outputs", () => {
    const block = (kernelSize: number): Module =>
      sequential([conv2d(1, 1, { kernelSize, padding: (kernelSize - 1) / 2 }), conv2d(1, 1, { kernelSize: 1 })]);
    const chain = sequential([block(1), block(1), block(3)]);
    expect(print(drawingOf(modelOf(chain), { depth: 1 }))).toEqual(["0: 2 conv 1×1 ×2", "2: conv 3×3, conv 1×1"]);
    const model = modelOf(chain);
    const both = { ...model.graph, outputs: [...model.graph.outputs, { name: "first", value: "0.1" }] };
    const { boxes, edges } = drawingOf({ ...model, graph: both }, { depth: 1 });
    expect(boxes.map(({ id }) => id)).toEqual(["input:input", "0", "1", "2", "output:logits", "output:first"]);
    expect(edges).toContainEqual({ from: "0", to: "output:first" });
  });

  it("refuses an invalid depth", () => {
    expect(() => drawingOf(createModel("d2l/lenet"), { depth: 0 })).toThrow(/INVALID_ATTRIBUTE: .*options\.depth/);
  });

  describe.each(models.map(({ name }) => name))("of %s", (name) => {
    const model = createModel(name);

    it.each([undefined, 1, 2, 9])(
      "has only forward edges between its boxes, whose figures add up to the network's, at depth %s",
      (depth) => {
        const { boxes, edges } = drawingOf(model, depth === undefined ? {} : { depth });
        const places = new Map(boxes.map(({ id }, index) => [id, index]));
        expect(places.size).toBe(boxes.length);
        for (const { from, to } of edges) expect(places.get(from)).toBeLessThan(places.get(to)!);
        expect(boxes.filter(({ outputShape }) => outputShape.length === 0)).toEqual([]);
        const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
        expect(boxes.filter(({ id }) => !joined.has(id))).toEqual([]);
        const sum = (key: "parameters" | "macs"): number => boxes.reduce((total, box) => total + box[key], 0);
        expect(sum("parameters")).toBe(parameterCount(model.parameters));
        expect(sum("macs")).toBe(graphCost(model.graph).macs);
      },
    );

    it("has a readable number of boxes by default", () => {
      expect(drawingOf(model).boxes.length).toBeGreaterThan(6);
      expect(drawingOf(model).boxes.length).toBeLessThanOrEqual(34);
    });
  });
});
