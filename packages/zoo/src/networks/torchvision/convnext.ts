/**
 * ConvNeXt: a ResNet modernised step by step until it matches vision transformers. Blocks filter each channel with a
 * 7×7 window, then mix a pixel's channels through a layer four times as wide. A patchwise stem, layer norm instead of
 * batch norm and one GELU per block are taken from transformers. Liu, Mao, Wu, Feichtenhofer, Darrell and Xie, A
 * ConvNet for the 2020s (2022), in torchvision's version: norms with ε = 1e-6, a learnt factor for each channel of a
 * block (`layer_scale`, which training starts at 1e-6), linear layers between permutes for the 1×1 convolutions;
 * stochastic depth is the identity in inference.
 */
import {
  adaptiveAvgPool2d,
  conv2d,
  flatten,
  gelu,
  layerNorm,
  linear,
  permute,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

type PerStage = readonly [number, number, number, number];

interface Configuration {
  readonly name: string;
  readonly size: string;
  readonly channels: PerStage;
  readonly blocks: PerStage;
}

const CONFIGURATIONS: readonly Configuration[] = [
  { name: "convnext_tiny", size: "tiny", channels: [96, 192, 384, 768], blocks: [3, 3, 9, 3] },
  { name: "convnext_small", size: "small", channels: [96, 192, 384, 768], blocks: [3, 3, 27, 3] },
  { name: "convnext_base", size: "base", channels: [128, 256, 512, 1024], blocks: [3, 3, 27, 3] },
  { name: "convnext_large", size: "large", channels: [192, 384, 768, 1536], blocks: [3, 3, 27, 3] },
];

const EPSILON = 1e-6;

/** torchvision's `LayerNorm2d`: each pixel over its channels. */
const pixelNorm = (channels: number): Module => layerNorm(channels, { axis: 1, eps: EPSILON });

/** The paper's block: depthwise 7×7, norm, 1×1 to four times the channels, GELU, 1×1 back, scaled and added. */
function convNextBlock(channels: number): Module {
  const block = sequential([
    conv2d(channels, channels, { kernelSize: 7, padding: 3, groups: channels }),
    permute([0, 2, 3, 1]),
    layerNorm(channels, { eps: EPSILON }),
    linear(channels, 4 * channels),
    gelu(),
    linear(4 * channels, channels),
    permute([0, 3, 1, 2]),
  ]);
  return (scope, x) => {
    const layerScale = scope.parameter("layer_scale", { shape: [channels, 1, 1], kind: "scale" });
    const y = scope.graph.mul({ a: scope.call("block", block, x), b: layerScale }, {}, scope.nodeName("mul"));
    return scope.graph.add({ a: y, b: x }, {}, scope.nodeName("add"));
  };
}

function convnext({ channels: widths, blocks }: Configuration, { classes, channels }: NetworkOptions): Module {
  const [stemWidth, , , lastWidth] = widths;
  const stem = sequential([conv2d(channels, stemWidth, { kernelSize: 4, stride: 4 }), pixelNorm(stemWidth)]);
  const stages = widths.flatMap((width, index) => {
    const stage = sequential(Array.from({ length: blocks[index] }, () => convNextBlock(width)));
    const next = widths[index + 1];
    if (next === undefined) return [stage];
    return [stage, sequential([pixelNorm(width), conv2d(width, next, { kernelSize: 2, stride: 2 })])];
  });
  return sequential({
    features: sequential([stem, ...stages]),
    avgpool: adaptiveAvgPool2d(1),
    classifier: sequential([pixelNorm(lastWidth), flatten(), linear(lastWidth, classes)]),
  });
}

const MODERNISED: Source = Object.freeze({
  authors: "Liu, Mao, Wu, Feichtenhofer, Darrell and Xie",
  title: "A ConvNet for the 2020s",
  year: 2022,
  url: "https://arxiv.org/abs/2201.03545",
});

export const convnextModels: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: configuration.name,
  family: "convnext",
  summary: `ConvNeXt, the ${configuration.size} one, torchvision's.`,
  source: MODERNISED,
  defaults: IMAGENET,
  minimumSize: 32,
  build: (options) => convnext(configuration, options),
}));
