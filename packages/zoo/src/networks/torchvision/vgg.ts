/**
 * VGG: depth from one repeated layer. 3×3 convolutions throughout, doubling the channels whenever a pool halves the
 * image; the paper's configurations A, B, D and E differ only in the number of convolutions between two pools.
 *
 * Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition (2014), in torchvision's
 * version: a pool to 7×7 before the linear layers, and variants with batch norm, which the paper did not have.
 */
import {
  adaptiveAvgPool2d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

const CHANNELS = [64, 128, 256, 512, 512] as const;

interface Configuration {
  readonly layers: number;
  /** Convolutions in each of the five stages. */
  readonly stages: readonly [number, number, number, number, number];
}

const CONFIGURATIONS: readonly Configuration[] = [
  { layers: 11, stages: [1, 1, 2, 2, 2] },
  { layers: 13, stages: [2, 2, 2, 2, 2] },
  { layers: 16, stages: [2, 2, 3, 3, 3] },
  { layers: 19, stages: [2, 2, 4, 4, 4] },
];

function features({ stages }: Configuration, isNormalised: boolean, channels: number): Module {
  let inChannels = channels;
  return sequential(
    stages.flatMap((convolutions, stage) => {
      const outChannels = CHANNELS[stage] ?? inChannels;
      const layers = Array.from({ length: convolutions }, () => {
        const convolution = conv2d(inChannels, outChannels, { kernelSize: 3, padding: 1 });
        inChannels = outChannels;
        return isNormalised ? [convolution, batchNorm2d(outChannels), relu()] : [convolution, relu()];
      });
      return [...layers.flat(), maxPool2d({ kernelSize: 2, stride: 2 })];
    }),
  );
}

function vgg(configuration: Configuration, isNormalised: boolean, { classes, channels }: NetworkOptions): Module {
  return sequential({
    features: features(configuration, isNormalised, channels),
    avgpool: adaptiveAvgPool2d(7),
    flatten: flatten(),
    classifier: sequential([
      linear(512 * 7 * 7, 4096),
      relu(),
      dropout(),
      linear(4096, 4096),
      relu(),
      dropout(),
      linear(4096, classes),
    ]),
  });
}

const VERY_DEEP_NETWORKS: Source = Object.freeze({
  authors: "Simonyan and Zisserman",
  title: "Very deep convolutional networks for large-scale image recognition",
  year: 2014,
  url: "https://arxiv.org/abs/1409.1556",
});

export const vggModels: readonly ModelDefinition[] = CONFIGURATIONS.flatMap((configuration) =>
  [false, true].map((isNormalised): ModelDefinition => ({
    name: `vgg${configuration.layers}${isNormalised ? "_bn" : ""}`,
    family: "vgg",
    summary: `VGG with ${configuration.layers} layers${isNormalised ? " and batch norm" : ""}, torchvision's.`,
    source: VERY_DEEP_NETWORKS,
    defaults: IMAGENET,
    minimumSize: 32,
    build: (options) => vgg(configuration, isNormalised, options),
  })),
);
