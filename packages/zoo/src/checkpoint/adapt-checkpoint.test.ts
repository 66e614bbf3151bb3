import { float32 } from "@isoconv/core-spec";
import { parameterSpec, type ParameterSpec } from "@isoconv/nn";
import { getTensor, readSafetensors, writeSafetensors } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { adaptCheckpoint } from "./adapt-checkpoint.js";
import { shapesOf, standIn } from "./stand-in.test.support.js";

type Shapes = [name: string, shape: readonly number[]][];

/** The tensors that a file of the model would contain. */
const shapesOfModel = (name: string): Shapes => createModel(name).parameters.map(({ name, shape }) => [name, shape]);

const whole = (needed: readonly ParameterSpec[]) => ({ needed, unused: [] });

const renamed = (shapes: Shapes, rename: (name: string) => string): Shapes =>
  shapes.map(([name, shape]) => [rename(name), shape]);

/**
 * The tensors of timm's mobilenetv2_100 in its order, written down from timm's _gen_mobilenet_v2 and its blocks: the shapes
 * of every convolution tell whether it is mapped to the right one.
 */
function timmMobilenet(): Shapes {
  const norm = (name: string, channels: number): Shapes =>
    ["weight", "bias", "running_mean", "running_var"].map((part) => [`${name}.${part}`, [channels]]);
  const stages = [
    [1, 16],
    [2, 24],
    [3, 32],
    [4, 64],
    [3, 96],
    [3, 160],
    [1, 320],
  ] as const;
  let width = 32;
  const blocks = stages.flatMap(([count, out], stage) =>
    Array.from({ length: count }, (_, index): Shapes => {
      const block = `blocks.${stage}.${index}`;
      const [input, mid] = [width, 6 * width];
      width = out;
      if (stage === 0) {
        return [
          [`${block}.conv_dw.weight`, [input, 1, 3, 3]],
          ...norm(`${block}.bn1`, input),
          [`${block}.conv_pw.weight`, [out, input, 1, 1]],
          ...norm(`${block}.bn2`, out),
        ];
      }
      return [
        [`${block}.conv_pw.weight`, [mid, input, 1, 1]],
        ...norm(`${block}.bn1`, mid),
        [`${block}.conv_dw.weight`, [mid, 1, 3, 3]],
        ...norm(`${block}.bn2`, mid),
        [`${block}.conv_pwl.weight`, [out, mid, 1, 1]],
        ...norm(`${block}.bn3`, out),
      ];
    }).flat(),
  );
  return [
    ["conv_stem.weight", [32, 3, 3, 3]],
    ...norm("bn1", 32),
    ...blocks,
    ["conv_head.weight", [1280, 320, 1, 1]],
    ...norm("bn2", 1280),
    ["classifier.weight", [1000, 1280]],
    ["classifier.bias", [1000]],
  ];
}

describe("adaptCheckpoint", () => {
  it.each<[rule: string, model: string, inFile: (shapes: Shapes) => Shapes]>([
    ["pytorch", "resnet50", (shapes) => shapes],
    [
      "legacy-densenet",
      "densenet121",
      (shapes) => renamed(shapes, (name) => name.replace(/(norm|conv)([12])\./, "$1.$2.")),
    ],
    [
      "legacy-vgg",
      "vgg16",
      (shapes) =>
        renamed(shapes, (name) => name.replace(/^classifier\.(0|3)/, (_, i) => `classifier.${Number(i) + 1}`)),
    ],
    [
      "timm-vgg",
      "vgg11_bn",
      (shapes) =>
        shapes.map(([name, shape]) => {
          if (name === "classifier.0.weight") return ["pre_logits.fc1.weight", [4096, 512, 7, 7]];
          if (name === "classifier.3.weight") return ["pre_logits.fc2.weight", [4096, 4096, 1, 1]];
          const moved = [/^classifier\.0/, /^classifier\.3/, /^classifier\.6/] as const;
          const timm = ["pre_logits.fc1", "pre_logits.fc2", "head.fc"];
          const index = moved.findIndex((pattern) => pattern.test(name));
          return [index === -1 ? name : name.replace(/^classifier\.\d/, timm[index] ?? ""), shape];
        }),
    ],
    ["timm-mobilenet-v2", "mobilenet_v2", () => timmMobilenet()],
    [
      "hugging-face-resnet",
      "resnet50",
      (shapes) =>
        renamed(shapes, (name) =>
          name
            .replace(/^fc/, "classifier.1")
            .replace(
              /^(conv|bn)1/,
              (_, kind) => `resnet.embedder.embedder.${kind === "bn" ? "normalization" : "convolution"}`,
            )
            .replace(
              /^layer(\d)\.(\d+)/,
              (_, stage, block) => `resnet.encoder.stages.${Number(stage) - 1}.layers.${block}`,
            )
            .replace(/\.conv(\d)/, (_, index) => `.layer.${Number(index) - 1}.convolution`)
            .replace(/\.bn(\d)/, (_, index) => `.layer.${Number(index) - 1}.normalization`)
            .replace("downsample.0", "shortcut.convolution")
            .replace("downsample.1", "shortcut.normalization"),
        ),
    ],
  ])("reads %s as %s", (rule, model, inFile) => {
    const shapes = shapesOfModel(model);
    const { file, naming, dropped } = adaptCheckpoint(whole(createModel(model).parameters), standIn(inFile(shapes)));
    expect(naming).toBe(rule);
    expect(dropped).toEqual([]);
    expect(shapesOf(file)).toEqual(shapes);
  });

  it("keeps the order of elements where a linear layer was a convolution, without copying", () => {
    const elements = Array.from({ length: 24 }, (_, index) => index);
    const bytes = writeSafetensors({ "pre_logits.fc1.weight": float32([2, 3, 2, 2], elements) });
    const specs = [parameterSpec("classifier.0.weight", { shape: [2, 12], kind: "weight" })];
    const weight = getTensor(adaptCheckpoint(whole(specs), readSafetensors(bytes)).file, "classifier.0.weight");
    expect(weight.toFloat32()).toEqual(float32([2, 12], elements));
    expect(weight.bytes().buffer).toBe(bytes.buffer);
  });

  it("does not reshape a layer with another number of outputs", () => {
    const specs = [parameterSpec("classifier.0.weight", { shape: [4, 6], kind: "weight" })];
    const { file } = adaptCheckpoint(whole(specs), standIn([["pre_logits.fc1.weight", [2, 3, 2, 2]]]));
    expect(shapesOf(file)).toEqual([["classifier.0.weight", [2, 3, 2, 2]]]);
  });

  it("drops GoogLeNet's auxiliary heads", () => {
    const heads: Shapes = [
      ["aux1.fc2.bias", [1000]],
      ["aux2.conv.bn.num_batches_tracked", []],
    ];
    const shapes = shapesOfModel("googlenet");
    const { file, naming, dropped } = adaptCheckpoint(
      whole(createModel("googlenet").parameters),
      standIn([...shapes, ...heads]),
    );
    expect(naming).toBe("pytorch");
    expect(dropped).toEqual(heads.map(([name]) => ({ name, why: "auxiliary-head" })));
    expect(shapesOf(file)).toEqual(shapes);
  });

  it("refuses two tensors that are the same parameter", () => {
    const layer = "features.denseblock1.denselayer1";
    const file = standIn([
      [`${layer}.conv1.weight`, [128, 64, 1, 1]],
      [`${layer}.conv.1.weight`, [128, 64, 1, 1]],
    ]);
    expect(() => adaptCheckpoint(whole(createModel("densenet121").parameters), file)).toThrow(
      `INVALID_WEIGHTS: header["${layer}.conv.1.weight"]: another tensor has the new name; got "${layer}.conv1.weight"`,
    );
  });
});
