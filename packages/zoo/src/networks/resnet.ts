/**
 * ResNet: blocks learn what to add to their input, so that gradients reach the first layer of a deep network.
 *
 * He, Zhang, Ren and Sun, Deep residual learning for image recognition (2015), in torchvision's version 1.5. Convolutions
 * have no bias, since batch norm follows; a shortcut that changes shape is a 1×1 convolution with its own batch norm.
 */
import {
  adaptiveAvgPool2d,
  batchNorm2d,
  conv2d,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../model.js";
import { IMAGENET } from "./imagenet.js";

interface Configuration {
  readonly name: string;
  readonly summary: string;
  /** Blocks in each of the four stages. */
  readonly blocks: readonly [number, number, number, number];
}

const CONFIGURATIONS: readonly Configuration[] = [
  { name: "resnet18", summary: "ResNet with 18 layers, torchvision's v1.5.", blocks: [2, 2, 2, 2] },
];

/** Two 3×3 convolutions. A stage's first block may halve the image and change the channels. */
function basicBlock(inChannels: number, outChannels: number, stride: number): Module {
  return (scope, x) => {
    let y = scope.call("conv1", conv3x3(inChannels, outChannels, stride), x);
    y = scope.call("bn1", batchNorm2d(outChannels), y);
    y = scope.call("relu", relu(), y);
    y = scope.call("conv2", conv3x3(outChannels, outChannels), y);
    y = scope.call("bn2", batchNorm2d(outChannels), y);
    const keepsShape = stride === 1 && inChannels === outChannels;
    const shortcut = keepsShape ? x : scope.call("downsample", downsample(inChannels, outChannels, stride), x);
    y = scope.graph.add({ a: y, b: shortcut }, {}, scope.nodeName("add"));
    return scope.call("relu", relu(), y);
  };
}

function conv3x3(inChannels: number, outChannels: number, stride = 1): Module {
  return conv2d(inChannels, outChannels, { kernelSize: 3, stride, padding: 1, bias: false });
}

function downsample(inChannels: number, outChannels: number, stride: number): Module {
  return sequential([
    conv2d(inChannels, outChannels, { kernelSize: 1, stride, bias: false }),
    batchNorm2d(outChannels),
  ]);
}

/** `count` blocks, the first of which changes the shape. */
function stage(inChannels: number, outChannels: number, count: number, stride: number): Module {
  const rest = Array.from({ length: count - 1 }, () => basicBlock(outChannels, outChannels, 1));
  return sequential([basicBlock(inChannels, outChannels, stride), ...rest]);
}

function resnet({ blocks }: Configuration, { classes, channels }: NetworkOptions): Module {
  return sequential({
    conv1: conv2d(channels, 64, { kernelSize: 7, stride: 2, padding: 3, bias: false }),
    bn1: batchNorm2d(64),
    relu: relu(),
    maxpool: maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
    layer1: stage(64, 64, blocks[0], 1),
    layer2: stage(64, 128, blocks[1], 2),
    layer3: stage(128, 256, blocks[2], 2),
    layer4: stage(256, 512, blocks[3], 2),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    fc: linear(512, classes),
  });
}

const DEEP_RESIDUAL_LEARNING: Source = Object.freeze({
  authors: "He, Zhang, Ren and Sun",
  title: "Deep residual learning for image recognition",
  year: 2015,
  url: "https://arxiv.org/abs/1512.03385",
});

export const resnetModels: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: configuration.name,
  family: "resnet",
  summary: configuration.summary,
  source: DEEP_RESIDUAL_LEARNING,
  defaults: IMAGENET,
  minimumSize: 1,
  build: (options) => resnet(configuration, options),
}));
