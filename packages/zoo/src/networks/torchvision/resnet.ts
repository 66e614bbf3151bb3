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
  type Scope,
} from "@isoconv/nn";
import type { Value } from "@isoconv/core-spec";
import type { Dilations, ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

/** Blocks in each of the four stages. */
type Depth = readonly [number, number, number, number];

interface Configuration {
  readonly name: string;
  readonly summary: string;
  readonly source: Source;
  readonly depth: Depth;
  /** The kind of block, and the factor from the block's inner channels to a ResNet's. */
  readonly block: Block;
}

/** A residual block for a stage of `channels`; it returns `expansion · channels` channels. */
interface Block {
  readonly expansion: number;
  /** Whether it can be dilated. */
  readonly dilates: boolean;
  build(inChannels: number, channels: number, window: Window): Module;
}

/** Stride and dilation of a block's 3×3 convolution. */
interface Window {
  readonly stride: number;
  readonly dilation: number;
}

/** Two 3×3 convolutions. A stage's first block may halve the image and change the channels. */
const basic: Block = {
  expansion: 1,
  dilates: false,
  build: (inChannels, channels, window) => (scope, x) => {
    let y = scope.call("conv1", conv3x3(inChannels, channels, window), x);
    y = scope.call("bn1", batchNorm2d(channels), y);
    y = scope.call("relu", relu(), y);
    y = scope.call("conv2", conv3x3(channels, channels), y);
    y = scope.call("bn2", batchNorm2d(channels), y);
    return addShortcut(scope, x, y, inChannels, channels, window.stride);
  },
};

/**
 * 1×1, 3×3, 1×1: the 3×3 works on fewer channels than the input has. In version 1.5 it has the stride, which the paper
 * gives to the first 1×1. ResNeXt splits it into groups, wide ResNets give it more channels.
 */
function bottleneck({
  groups = 1,
  baseWidth = 64,
}: { readonly groups?: number; readonly baseWidth?: number } = {}): Block {
  const expansion = 4;
  return {
    expansion,
    dilates: true,
    build: (inChannels, channels, window) => (scope, x) => {
      const width = Math.floor((channels * baseWidth) / 64) * groups;
      const outChannels = expansion * channels;
      let y = scope.call("conv1", conv1x1(inChannels, width), x);
      y = scope.call("bn1", batchNorm2d(width), y);
      y = scope.call("relu", relu(), y);
      y = scope.call("conv2", conv3x3(width, width, window, groups), y);
      y = scope.call("bn2", batchNorm2d(width), y);
      y = scope.call("relu", relu(), y);
      y = scope.call("conv3", conv1x1(width, outChannels), y);
      y = scope.call("bn3", batchNorm2d(outChannels), y);
      return addShortcut(scope, x, y, inChannels, outChannels, window.stride);
    },
  };
}

/** `relu(y + x)`, with x projected if the block changes the shape. */
function addShortcut(scope: Scope, x: Value, y: Value, inChannels: number, outChannels: number, stride: number): Value {
  const keepsShape = stride === 1 && inChannels === outChannels;
  const shortcut = keepsShape ? x : scope.call("downsample", downsample(inChannels, outChannels, stride), x);
  const sum = scope.graph.add({ a: y, b: shortcut }, {}, scope.nodeName("add"));
  return scope.call("relu", relu(), sum);
}

const PLAIN: Window = { stride: 1, dilation: 1 };

/** Padding by the dilation keeps the image's size at stride 1. */
function conv3x3(inChannels: number, outChannels: number, { stride, dilation } = PLAIN, groups = 1): Module {
  const window = { kernelSize: 3, stride, padding: dilation, dilation };
  return conv2d(inChannels, outChannels, { ...window, groups, bias: false });
}

function conv1x1(inChannels: number, outChannels: number, stride = 1): Module {
  return conv2d(inChannels, outChannels, { kernelSize: 1, stride, bias: false });
}

function downsample(inChannels: number, outChannels: number, stride: number): Module {
  return sequential([conv1x1(inChannels, outChannels, stride), batchNorm2d(outChannels)]);
}

/** The windows of a stage's first block, and the dilation of the others. */
interface StageWindows {
  readonly first: Window;
  readonly rest: number;
}

/** `count` blocks, the first of which changes the shape. */
function stage(
  block: Block,
  inChannels: number,
  channels: number,
  count: number,
  { first, rest }: StageWindows,
): Module {
  const others = Array.from({ length: count - 1 }, () =>
    block.build(block.expansion * channels, channels, { stride: 1, dilation: rest }),
  );
  return sequential([block.build(inChannels, channels, first), ...others]);
}

const STRIDES = [1, 2, 2, 2];

/**
 * The windows of the four stages. A stage that dilates keeps the image's size: its first block still has the dilation of the
 * stage before, and the 3×3 windows after it are twice as far apart, so that they see what they saw before.
 */
function windowsOf(replaced: Dilations): readonly StageWindows[] {
  let dilation = 1;
  return STRIDES.map((stride, index) => {
    const before = dilation;
    const dilates = index > 0 && replaced[index - 1];
    if (dilates) dilation *= stride;
    return { first: { stride: dilates ? 1 : stride, dilation: before }, rest: dilation };
  });
}

function resnet({ depth, block }: Configuration, options: NetworkOptions): Module {
  const { classes, channels, replaceStrideWithDilation = [false, false, false] } = options;
  const { expansion } = block;
  const windows = windowsOf(replaceStrideWithDilation);
  return sequential({
    conv1: conv2d(channels, 64, { kernelSize: 7, stride: 2, padding: 3, bias: false }),
    bn1: batchNorm2d(64),
    relu: relu(),
    maxpool: maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
    layer1: stage(block, 64, 64, depth[0], windows[0]),
    layer2: stage(block, expansion * 64, 128, depth[1], windows[1]),
    layer3: stage(block, expansion * 128, 256, depth[2], windows[2]),
    layer4: stage(block, expansion * 256, 512, depth[3], windows[3]),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    fc: linear(expansion * 512, classes),
  });
}

const DEEP_RESIDUAL_LEARNING: Source = Object.freeze({
  authors: "He, Zhang, Ren and Sun",
  title: "Deep residual learning for image recognition",
  year: 2015,
  url: "https://arxiv.org/abs/1512.03385",
});

const AGGREGATED_RESIDUAL_TRANSFORMATIONS: Source = Object.freeze({
  authors: "Xie, Girshick, Dollár, Tu and He",
  title: "Aggregated residual transformations for deep neural networks",
  year: 2016,
  url: "https://arxiv.org/abs/1611.05431",
});

const WIDE_RESIDUAL_NETWORKS: Source = Object.freeze({
  authors: "Zagoruyko and Komodakis",
  title: "Wide residual networks",
  year: 2016,
  url: "https://arxiv.org/abs/1605.07146",
});

const D18: Depth = [2, 2, 2, 2];
const D34: Depth = [3, 4, 6, 3];
const D101: Depth = [3, 4, 23, 3];
const D152: Depth = [3, 8, 36, 3];

function plain(layers: number, depth: Depth, block: Block): Configuration {
  const summary = `ResNet with ${layers} layers, torchvision's v1.5.`;
  return { name: `resnet${layers}`, summary, source: DEEP_RESIDUAL_LEARNING, depth, block };
}

/** `groups` groups of `width` channels each in the first stage. */
function resnext(layers: number, depth: Depth, groups: number, width: number): Configuration {
  return {
    name: `resnext${layers}_${groups}x${width}d`,
    summary: `ResNeXt with ${layers} layers, its 3×3 convolutions in ${groups} groups of ${width} channels.`,
    source: AGGREGATED_RESIDUAL_TRANSFORMATIONS,
    depth,
    block: bottleneck({ groups, baseWidth: width }),
  };
}

/** Twice the channels in every 3×3 convolution. */
function wide(layers: number, depth: Depth): Configuration {
  return {
    name: `wide_resnet${layers}_2`,
    summary: `ResNet with ${layers} layers and twice the channels inside each block.`,
    source: WIDE_RESIDUAL_NETWORKS,
    depth,
    block: bottleneck({ baseWidth: 128 }),
  };
}

const CONFIGURATIONS: readonly Configuration[] = [
  plain(18, D18, basic),
  plain(34, D34, basic),
  plain(50, D34, bottleneck()),
  plain(101, D101, bottleneck()),
  plain(152, D152, bottleneck()),
  resnext(50, D34, 32, 4),
  resnext(101, D101, 32, 8),
  resnext(101, D101, 64, 4),
  wide(50, D34),
  wide(101, D101),
];

export const resnetModels: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: configuration.name,
  family: "resnet",
  summary: configuration.summary,
  source: configuration.source,
  defaults: IMAGENET,
  minimumSize: 1,
  ...(configuration.block.dilates && { variants: ["replaceStrideWithDilation"] as const }),
  build: (options) => resnet(configuration, options),
}));
