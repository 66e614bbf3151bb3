/**
 * MobileNetV2: a network for phones. An inverted residual expands few channels with a 1×1 convolution, filters each
 * channel separately (depthwise, 3×3) and reduces them again without a nonlinearity, which would lose information in
 * few channels. The shortcut connects the narrow ends.
 *
 * Sandler, Howard, Zhu, Zhmoginov and Chen, MobileNetV2: inverted residuals and linear bottlenecks (2018), in
 * torchvision's version.
 */
import {
  adaptiveAvgPool2d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  linear,
  relu6,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { convNormActivation } from "./conv-norm-activation.js";
import { IMAGENET } from "./imagenet.js";

/** Table 2 of the paper: the expansion of a stage, its channels, its blocks, and the stride of the first. */
const STAGES: readonly (readonly [expansion: number, channels: number, blocks: number, stride: number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

const STEM_CHANNELS = 32;
const LAST_CHANNELS = 1280;

function invertedResidual(inChannels: number, outChannels: number, expansion: number, stride: number): Module {
  const width = expansion * inChannels;
  const conv = sequential([
    ...(expansion === 1 ? [] : [convNormActivation(inChannels, width, { kernelSize: 1 }, relu6())]),
    convNormActivation(width, width, { kernelSize: 3, stride, groups: width }, relu6()),
    conv2d(width, outChannels, { kernelSize: 1, bias: false }),
    batchNorm2d(outChannels),
  ]);
  return (scope, x) => {
    const y = scope.call("conv", conv, x);
    if (stride !== 1 || inChannels !== outChannels) return y;
    return scope.graph.add({ a: x, b: y }, {}, scope.nodeName("add"));
  };
}

function mobilenetV2({ classes, channels }: NetworkOptions): Module {
  let width = STEM_CHANNELS;
  const blocks = STAGES.flatMap(([expansion, outChannels, count, stride]) =>
    Array.from({ length: count }, (_, index) => {
      const block = invertedResidual(width, outChannels, expansion, index === 0 ? stride : 1);
      width = outChannels;
      return block;
    }),
  );
  return sequential({
    features: sequential([
      convNormActivation(channels, STEM_CHANNELS, { kernelSize: 3, stride: 2 }, relu6()),
      ...blocks,
      convNormActivation(width, LAST_CHANNELS, { kernelSize: 1 }, relu6()),
    ]),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    classifier: sequential([dropout(0.2), linear(LAST_CHANNELS, classes)]),
  });
}

export const mobilenetV2Models: readonly ModelDefinition[] = [
  {
    name: "mobilenet_v2",
    family: "mobilenet",
    summary: "MobileNetV2, torchvision's.",
    source: {
      authors: "Sandler, Howard, Zhu, Zhmoginov and Chen",
      title: "MobileNetV2: inverted residuals and linear bottlenecks",
      year: 2018,
      url: "https://arxiv.org/abs/1801.04381",
    },
    defaults: IMAGENET,
    minimumSize: 1,
    build: mobilenetV2,
  },
];
