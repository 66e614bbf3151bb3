import { runOracle } from "@isoconv/backend-reference";
import { float32, type Node, type Shape } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import {
  adaptiveAvgPool2d,
  avgPool2d,
  batchNorm2d,
  conv2d,
  convTranspose2d,
  dropout,
  elu,
  flatten,
  gelu,
  hardsigmoid,
  hardswish,
  layerNorm,
  lazyLinear,
  leakyRelu,
  linear,
  localResponseNorm,
  logSoftmax,
  maxPool2d,
  permute,
  relu,
  prelu,
  relu6,
  sigmoid,
  silu,
  softmax,
  tanh,
  trace,
  upsample,
  type Module,
  type Conv2dOptions,
} from "../index.js";

const IMAGE: Shape = ["N", 4, 9, 10];

function nodesOf(module: Module, shape: Shape = IMAGE): readonly Node[] {
  return trace(module, { name: "layer", input: { shape } }).graph.nodes;
}

function parametersOf(module: Module): readonly (readonly [string, readonly number[], number])[] {
  const { parameters } = trace(module, { name: "layer", input: { shape: IMAGE } });
  return parameters.map(({ name, shape, fanIn }) => [name, shape, fanIn] as const);
}

describe("defaults and attributes", () => {
  it.each<[string, Module, object]>([
    [
      "conv2d",
      conv2d(4, 6, { kernelSize: 3 }),
      { attrs: { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 }, shape: ["N", 6, 7, 8] },
    ],
    [
      "conv2d with all options",
      conv2d(4, 6, { kernelSize: [3, 2], stride: [2, 1], padding: [1, 2], dilation: [1, 3], groups: 2 }),
      { attrs: { strides: [2, 1], pads: [1, 2, 1, 2], dilations: [1, 3], groups: 2 }, shape: ["N", 6, 5, 11] },
    ],
    [
      "conv2d same, even kernel",
      conv2d(4, 6, { kernelSize: 4, padding: "same" }),
      { attrs: { pads: [1, 1, 2, 2] }, shape: ["N", 6, 9, 10] },
    ],
    [
      "conv2d valid",
      conv2d(4, 6, { kernelSize: 4, padding: "valid", stride: 2 }),
      { attrs: { pads: [0, 0, 0, 0] }, shape: ["N", 6, 3, 4] },
    ],
    [
      "convTranspose2d",
      convTranspose2d(4, 6, { kernelSize: 3, stride: 2, padding: 1, outputPadding: 1 }),
      { attrs: { strides: [2, 2], pads: [1, 1, 1, 1], outputPads: [1, 1], groups: 1 }, shape: ["N", 6, 18, 20] },
    ],
    ["batchNorm2d", batchNorm2d(4), { attrs: { epsilon: Math.fround(1e-5) } }],
    ["batchNorm2d eps", batchNorm2d(4, { eps: 1e-3 }), { attrs: { epsilon: Math.fround(1e-3) } }],
    ["layerNorm", layerNorm(10), { op: "layerNorm", attrs: { axis: 3, epsilon: Math.fround(1e-5) } }],
    [
      "layerNorm of pixels",
      layerNorm(4, { axis: 1, eps: 1e-6 }),
      { attrs: { axis: 1, epsilon: Math.fround(1e-6) }, shape: IMAGE },
    ],
    ["maxPool2d", maxPool2d({ kernelSize: 2 }), { op: "maxPool2d", attrs: { strides: [2, 2] }, shape: ["N", 4, 4, 5] }],
    [
      "maxPool2d ceil",
      maxPool2d({ kernelSize: 3, stride: 2, ceilMode: true }),
      { attrs: { pads: [0, 0, 0, 1] }, shape: ["N", 4, 4, 5] },
    ],
    [
      "maxPool2d dilated",
      maxPool2d({ kernelSize: 3, stride: 1, padding: 1, dilation: 2 }),
      { attrs: { pads: [1, 1, 1, 1], dilations: [2, 2] }, shape: ["N", 4, 7, 8] },
    ],
    [
      "avgPool2d",
      avgPool2d({ kernelSize: [3, 2] }),
      { op: "avgPool2d", attrs: { strides: [3, 2] }, shape: ["N", 4, 3, 5] },
    ],
    ["adaptiveAvgPool2d", adaptiveAvgPool2d([3, null]), { op: "adaptiveAvgPool2d", attrs: { outputSize: [3, 10] } }],
    ["adaptiveAvgPool2d square", adaptiveAvgPool2d(7), { op: "adaptiveAvgPool2d", attrs: { outputSize: [7, 7] } }],
    ["adaptiveAvgPool2d 1", adaptiveAvgPool2d(1), { op: "globalAvgPool2d", shape: ["N", 4, 1, 1] }],
    ["dropout", dropout(), { op: "dropout", attrs: { p: 0.5 } }],
    [
      "permute",
      permute([0, 2, -1, 1]),
      { op: "transpose", attrs: { permutation: [0, 2, 3, 1] }, shape: ["N", 9, 10, 4] },
    ],
    ["flatten", flatten(), { op: "flatten", shape: ["N", 360] }],
    ["flatten 2", flatten(2), { op: "flatten", shape: ["N", 4, 90] }],
    ["relu", relu(), { op: "relu" }],
    ["relu6", relu6(), { op: "clip", attrs: { min: 0, max: 6 } }],
    ["leakyRelu", leakyRelu(), { op: "leakyRelu", attrs: { slope: Math.fround(0.01) } }],
    ["prelu", prelu(4), { op: "prelu", inputs: { slope: "weight" } }],
    ["elu", elu(), { op: "elu", attrs: { alpha: 1 } }],
    ["sigmoid", sigmoid(), { op: "sigmoid" }],
    ["hardsigmoid", hardsigmoid(), { op: "hardSigmoid" }],
    ["hardswish", hardswish(), { op: "hardSwish" }],
    ["silu", silu(), { op: "silu" }],
    ["gelu", gelu(), { op: "gelu" }],
    ["tanh", tanh(), { op: "tanh" }],
    ["softmax", softmax(-1), { op: "softmax", attrs: { axis: 3 } }],
    ["logSoftmax", logSoftmax(1), { op: "logSoftmax", attrs: { axis: 1 } }],
    [
      "localResponseNorm",
      localResponseNorm(5),
      { op: "lrn", attrs: { size: 5, alpha: Math.fround(1e-4), beta: 0.75, bias: 1 } },
    ],
    ["upsample", upsample({ scaleFactor: [2, 3] }), { op: "upsample", shape: ["N", 4, 18, 30] }],
  ])("%s", (_name, module, expected) => {
    const nodes = nodesOf(module);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject(expected);
  });
});

it("conv2d gives the bias where all taps of a window lie in the padding, as PyTorch does", async () => {
  const conv = async (options: Conv2dOptions & { readonly kernelSize: number }): Promise<readonly number[]> => {
    const { graph } = trace(conv2d(1, 1, options), { name: "conv", input: { shape: [1, 1, 1, 1] } });
    const { kernelSize } = options;
    const weight = float32([1, 1, kernelSize, kernelSize], new Float32Array(kernelSize ** 2).fill(3));
    const feeds = { input: float32([1, 1, 1, 1], [5]) };
    const { logits } = await runOracle(graph, { weight, bias: float32([1], [0.25]) }, feeds);
    return [...logits.value];
  };
  expect(await conv({ kernelSize: 2, dilation: 2, padding: 1 })).toEqual([0.25]);
  expect(await conv({ kernelSize: 2, dilation: 2, padding: "same" })).toEqual([0.25]);
  expect(await conv({ kernelSize: 1, padding: 1 })).toEqual([0.25, 0.25, 0.25, 0.25, 15.25, 0.25, 0.25, 0.25, 0.25]);
  expect(await conv({ kernelSize: 2, dilation: 3, padding: 4 })).toHaveLength(36);
});

describe("parameters", () => {
  it.each<[string, Module, ReturnType<typeof parametersOf>]>([
    [
      "conv2d",
      conv2d(4, 6, { kernelSize: [3, 2], groups: 2 }),
      [
        ["weight", [6, 2, 3, 2], 12],
        ["bias", [6], 12],
      ],
    ],
    ["conv2d without bias", conv2d(4, 6, { kernelSize: 1, bias: false }), [["weight", [6, 4, 1, 1], 4]]],
    // PyTorch takes the fan-in from weight[0] here too, although the layer sums over the first axis.
    [
      "convTranspose2d",
      convTranspose2d(4, 6, { kernelSize: 2, groups: 2 }),
      [
        ["weight", [4, 3, 2, 2], 12],
        ["bias", [6], 12],
      ],
    ],
    [
      "convTranspose2d without bias",
      convTranspose2d(4, 6, { kernelSize: 2, bias: false }),
      [["weight", [4, 6, 2, 2], 24]],
    ],
    ["prelu", prelu(4), [["weight", [4], 1]]],
    ["prelu with one slope", prelu(), [["weight", [1], 1]]],
    [
      "linear",
      linear(10, 2),
      [
        ["weight", [2, 10], 10],
        ["bias", [2], 10],
      ],
    ],
    ["linear without bias", linear(10, 2, { bias: false }), [["weight", [2, 10], 10]]],
    [
      "lazyLinear",
      lazyLinear(2),
      [
        ["weight", [2, 10], 10],
        ["bias", [2], 10],
      ],
    ],
    [
      "batchNorm2d",
      batchNorm2d(4),
      [
        ["weight", [4], 1],
        ["bias", [4], 1],
        ["running_mean", [4], 1],
        ["running_var", [4], 1],
      ],
    ],
    [
      "layerNorm",
      layerNorm(4, { axis: 1 }),
      [
        ["weight", [4], 1],
        ["bias", [4], 1],
      ],
    ],
    [
      "batchNorm2d without affine",
      batchNorm2d(4, { affine: false }),
      [
        ["running_mean", [4], 1],
        ["running_var", [4], 1],
      ],
    ],
  ])("%s", (_name, module, expected) => {
    expect(parametersOf(module)).toEqual(expected);
  });
});
