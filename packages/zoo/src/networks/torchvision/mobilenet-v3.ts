/**
 * MobileNetV3: inverted residuals chosen by a search for the latency of a phone. Some blocks weight their channels by
 * squeeze and excitation. The deeper ones use hard-swish, which needs no exponential. The last wide convolution follows
 * the pool to 1×1.
 *
 * Howard and others, Searching for MobileNetV3 (2019), in torchvision's version: batch norm with ε = 0.001, a ReLU and
 * a hard sigmoid in the squeeze and excitation, whose channels are a quarter of the block's, rounded to a multiple of
 * 8.
 */
import {
  adaptiveAvgPool2d,
  dropout,
  flatten,
  hardsigmoid,
  hardswish,
  linear,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { convNormActivation } from "./conv-norm-activation.js";
import { IMAGENET } from "./imagenet.js";
import { roundChannels } from "./round-channels.js";
import { squeezeExcitation } from "./squeeze-excitation.js";

/** One row of the paper's tables 1 and 2. */
type Row = readonly [
  kernelSize: number,
  expanded: number,
  outChannels: number,
  squeeze: "SE" | "-",
  activation: "RE" | "HS",
  stride: number,
];

interface Configuration {
  readonly size: "large" | "small";
  readonly rows: readonly Row[];
  /** Output features of the linear layer before the last. */
  readonly hidden: number;
}

const CONFIGURATIONS: readonly Configuration[] = [
  {
    size: "large",
    rows: [
      [3, 16, 16, "-", "RE", 1],
      [3, 64, 24, "-", "RE", 2],
      [3, 72, 24, "-", "RE", 1],
      [5, 72, 40, "SE", "RE", 2],
      [5, 120, 40, "SE", "RE", 1],
      [5, 120, 40, "SE", "RE", 1],
      [3, 240, 80, "-", "HS", 2],
      [3, 200, 80, "-", "HS", 1],
      [3, 184, 80, "-", "HS", 1],
      [3, 184, 80, "-", "HS", 1],
      [3, 480, 112, "SE", "HS", 1],
      [3, 672, 112, "SE", "HS", 1],
      [5, 672, 160, "SE", "HS", 2],
      [5, 960, 160, "SE", "HS", 1],
      [5, 960, 160, "SE", "HS", 1],
    ],
    hidden: 1280,
  },
  {
    size: "small",
    rows: [
      [3, 16, 16, "SE", "RE", 2],
      [3, 72, 24, "-", "RE", 2],
      [3, 88, 24, "-", "RE", 1],
      [5, 96, 40, "SE", "HS", 2],
      [5, 240, 40, "SE", "HS", 1],
      [5, 240, 40, "SE", "HS", 1],
      [5, 120, 48, "SE", "HS", 1],
      [5, 144, 48, "SE", "HS", 1],
      [5, 288, 96, "SE", "HS", 2],
      [5, 576, 96, "SE", "HS", 1],
      [5, 576, 96, "SE", "HS", 1],
    ],
    hidden: 1024,
  },
];

const STEM_CHANNELS = 16;
const EPSILON = 0.001;

export interface InvertedResidualOptions {
  readonly inChannels: number;
  /** Channels between the two 1×1 convolutions; the first is left out if they equal `inChannels`. */
  readonly expanded: number;
  readonly outChannels: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly eps: number;
  /** Of the depthwise convolution. */
  readonly padding?: "symmetric" | "same";
  readonly activation: Module;
  /** Applied to the expanded channels, after the depthwise convolution. */
  readonly squeezeExcitation?: Module;
}

/**
 * A 1×1 convolution that expands, a depthwise one that filters, a 1×1 one that reduces; a shortcut if the shapes match.
 */
export function invertedResidual(options: InvertedResidualOptions): Module {
  const { inChannels, expanded, outChannels, kernelSize, stride, eps, padding = "symmetric", activation } = options;
  const block = sequential([
    ...(expanded === inChannels ? [] : [convNormActivation(inChannels, expanded, { kernelSize: 1, eps }, activation)]),
    convNormActivation(expanded, expanded, { kernelSize, stride, groups: expanded, eps, padding }, activation),
    ...(options.squeezeExcitation === undefined ? [] : [options.squeezeExcitation]),
    convNormActivation(expanded, outChannels, { kernelSize: 1, eps }),
  ]);
  return (scope, x) => {
    const y = scope.call("block", block, x);
    if (stride !== 1 || inChannels !== outChannels) return y;
    return scope.graph.add({ a: y, b: x }, {}, scope.nodeName("add"));
  };
}

function blockOf(inChannels: number, [kernelSize, expanded, outChannels, squeeze, activation, stride]: Row): Module {
  const squeezed = roundChannels(expanded / 4);
  return invertedResidual({
    inChannels,
    expanded,
    outChannels,
    kernelSize,
    stride,
    eps: EPSILON,
    activation: activation === "HS" ? hardswish() : relu(),
    ...(squeeze === "SE" && {
      squeezeExcitation: squeezeExcitation(expanded, { squeezed, activation: relu(), gate: hardsigmoid() }),
    }),
  });
}

function mobilenetV3({ rows, hidden }: Configuration, { classes, channels }: NetworkOptions): Module {
  let width = STEM_CHANNELS;
  const blocks = rows.map((row) => {
    const block = blockOf(width, row);
    [, , width] = row;
    return block;
  });
  const features = 6 * width;
  return sequential({
    features: sequential([
      convNormActivation(channels, STEM_CHANNELS, { kernelSize: 3, stride: 2, eps: EPSILON }, hardswish()),
      ...blocks,
      convNormActivation(width, features, { kernelSize: 1, eps: EPSILON }, hardswish()),
    ]),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    classifier: sequential([linear(features, hidden), hardswish(), dropout(0.2), linear(hidden, classes)]),
  });
}

export const mobilenetV3Models: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: `mobilenet_v3_${configuration.size}`,
  family: "mobilenet",
  summary: `MobileNetV3, the ${configuration.size} one, torchvision's.`,
  source: {
    authors: "Howard, Sandler, Chu, Chen, Chen, Tan, Wang, Zhu, Pang, Vasudevan, Le and Adam",
    title: "Searching for MobileNetV3",
    year: 2019,
    url: "https://arxiv.org/abs/1905.02244",
  },
  defaults: IMAGENET,
  minimumSize: 1,
  build: (options) => mobilenetV3(configuration, options),
}));
