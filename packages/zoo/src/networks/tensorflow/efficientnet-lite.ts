/**
 * EfficientNet-Lite: EfficientNet for accelerators of phones. There is no squeeze and excitation, and ReLU6, which is easy to
 * quantise, replaces SiLU. Stem and head have the same channels in all sizes, and the first and the last stage the same blocks.
 *
 * Google's models/official/efficientnet/lite of https://github.com/tensorflow/tpu (2020), with the names of torchvision's EfficientNet.
 * Strided convolutions have TensorFlow's `SAME` pads and batch norm has ε = 0.001, as published weights need.
 */
import { adaptiveAvgPool2d, dropout, flatten, linear, relu6, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { convNormActivation } from "../torchvision/conv-norm-activation.js";
import { EFFICIENTNET_STAGES } from "../torchvision/efficientnet.js";
import { IMAGENET } from "../torchvision/imagenet.js";
import { invertedResidual } from "../torchvision/mobilenet-v3.js";
import { roundChannels } from "../torchvision/round-channels.js";

/** The differences of each network from lite0: factors of channels and layers, its resolution and training. */
type Scale = readonly [width: number, depth: number, resolution: number, dropout: number];

const SCALES: readonly Scale[] = [
  [1.0, 1.0, 224, 0.2],
  [1.0, 1.1, 240, 0.2],
  [1.1, 1.2, 260, 0.3],
  [1.2, 1.4, 280, 0.3],
  [1.4, 1.8, 300, 0.3],
];

const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;
/** Of every convolution and batch norm. */
const TENSORFLOW = { eps: 1e-3, padding: "same" } as const;

function efficientnetLite([width, depth, , rate]: Scale, { classes, channels }: NetworkOptions): Module {
  let inChannels = STEM_CHANNELS;
  const stages = EFFICIENTNET_STAGES.map(([expansion, kernelSize, stride, count, layers], index) => {
    const isScaled = index > 0 && index < EFFICIENTNET_STAGES.length - 1;
    const outChannels = roundChannels(count * width);
    const blocks = Array.from({ length: isScaled ? Math.ceil(layers * depth) : layers }, (_, block) => {
      const options = { kernelSize, stride: block === 0 ? stride : 1, activation: relu6(), ...TENSORFLOW };
      const residual = invertedResidual({ inChannels, expanded: expansion * inChannels, outChannels, ...options });
      inChannels = outChannels;
      return residual;
    });
    return sequential(blocks);
  });
  return sequential({
    features: sequential([
      convNormActivation(channels, STEM_CHANNELS, { kernelSize: 3, stride: 2, ...TENSORFLOW }, relu6()),
      ...stages,
      convNormActivation(inChannels, HEAD_CHANNELS, { kernelSize: 1, ...TENSORFLOW }, relu6()),
    ]),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    classifier: sequential([dropout(rate), linear(HEAD_CHANNELS, classes)]),
  });
}

export const efficientnetLiteModels: readonly ModelDefinition[] = SCALES.map((scale, index) => {
  const [, , resolution] = scale;
  return {
    name: `efficientnet_lite${index}`,
    family: "efficientnet",
    summary: `EfficientNet-Lite${index} for ${resolution}×${resolution} images, Google's.`,
    source: {
      authors: "Liu and Tan",
      title: "Higher accuracy on vision models with EfficientNet-Lite",
      year: 2020,
      url: "https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html",
    },
    defaults: { ...IMAGENET, height: resolution, width: resolution },
    minimumSize: 1,
    build: (options) => efficientnetLite(scale, options),
  };
});
