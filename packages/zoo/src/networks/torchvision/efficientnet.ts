/**
 * EfficientNet: larger networks scale depth, width and resolution together, in fixed proportions. b0 comes from a
 * search over inverted residuals with squeeze and excitation; b1 to b7 scale it up.
 *
 * Tan and Le, EfficientNet: rethinking model scaling for convolutional neural networks (2019), in torchvision's
 * version: b5 to b7 keep batch norm's ε = 0.001 of the weights they were converted from. Squeezed channels are a
 * quarter of the block's input channels, before the expansion. Stochastic depth is used only in training and is left
 * out.
 */
import { adaptiveAvgPool2d, dropout, flatten, linear, sequential, sigmoid, silu, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { convNormActivation } from "./conv-norm-activation.js";
import { IMAGENET } from "./imagenet.js";
import { invertedResidual } from "./mobilenet-v3.js";
import { roundChannels } from "./round-channels.js";
import { squeezeExcitation } from "./squeeze-excitation.js";

/** The differences of each network from b0: factors of channels and layers, its resolution and training. */
type Scale = readonly [width: number, depth: number, resolution: number, dropout: number, eps: number];

const SCALES: readonly Scale[] = [
  [1.0, 1.0, 224, 0.2, 1e-5],
  [1.0, 1.1, 240, 0.2, 1e-5],
  [1.1, 1.2, 288, 0.3, 1e-5],
  [1.2, 1.4, 300, 0.3, 1e-5],
  [1.4, 1.8, 380, 0.4, 1e-5],
  [1.6, 2.2, 456, 0.4, 1e-3],
  [1.8, 2.6, 528, 0.5, 1e-3],
  [2.0, 3.1, 600, 0.5, 1e-3],
];

/** The stages of b0, table 1 of the paper; the stride belongs to a stage's first block. */
export const EFFICIENTNET_STAGES: readonly (readonly [
  expansion: number,
  kernelSize: number,
  stride: number,
  channels: number,
  layers: number,
])[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
];

const STEM_CHANNELS = 32;

interface BlockOptions {
  readonly expansion: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly eps: number;
}

/** torchvision's `MBConv`. */
function mbConv(inChannels: number, outChannels: number, { expansion, ...options }: BlockOptions): Module {
  const expanded = expansion * inChannels;
  return invertedResidual({
    ...options,
    inChannels,
    expanded,
    outChannels,
    activation: silu(),
    squeezeExcitation: squeezeExcitation(expanded, {
      squeezed: Math.floor(inChannels / 4),
      activation: silu(),
      gate: sigmoid(),
    }),
  });
}

function efficientnet([width, depth, , rate, eps]: Scale, { classes, channels }: NetworkOptions): Module {
  const scaled = (count: number): number => roundChannels(count * width);
  let inChannels = scaled(STEM_CHANNELS);
  const stages = EFFICIENTNET_STAGES.map(([expansion, kernelSize, stride, count, layers]) => {
    const outChannels = scaled(count);
    const first = mbConv(inChannels, outChannels, { expansion, kernelSize, stride, eps });
    const rest = Array.from({ length: Math.ceil(layers * depth) - 1 }, () =>
      mbConv(outChannels, outChannels, { expansion, kernelSize, stride: 1, eps }),
    );
    inChannels = outChannels;
    return sequential([first, ...rest]);
  });
  const features = 4 * inChannels;
  return sequential({
    features: sequential([
      convNormActivation(channels, scaled(STEM_CHANNELS), { kernelSize: 3, stride: 2, eps }, silu()),
      ...stages,
      convNormActivation(inChannels, features, { kernelSize: 1, eps }, silu()),
    ]),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    classifier: sequential([dropout(rate), linear(features, classes)]),
  });
}

export const efficientnetModels: readonly ModelDefinition[] = SCALES.map((scale, index) => {
  const [, , resolution] = scale;
  return {
    name: `efficientnet_b${index}`,
    family: "efficientnet",
    summary: `EfficientNet-B${index} for ${resolution}×${resolution} images, torchvision's.`,
    source: {
      authors: "Tan and Le",
      title: "EfficientNet: rethinking model scaling for convolutional neural networks",
      year: 2019,
      url: "https://arxiv.org/abs/1905.11946",
    },
    defaults: { ...IMAGENET, height: resolution, width: resolution },
    minimumSize: 1,
    build: (options) => efficientnet(scale, options),
  };
});
