/**
 * DenseNet: each layer takes the concatenation of all layers before it in its block and adds a few channels (the growth
 * rate) to it, so features are reused rather than learnt again. A 1×1 bottleneck reduces the cost of the 3×3
 * convolutions. Transitions halve channels and image between the blocks.
 *
 * Huang, Liu, van der Maaten and Weinberger, Densely connected convolutional networks (2016), in torchvision's version:
 * batch norm and ReLU before each convolution, and once more after the last block.
 */
import {
  adaptiveAvgPool2d,
  avgPool2d,
  batchNorm2d,
  conv2d,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

interface Configuration {
  readonly name: string;
  readonly growth: number;
  readonly stemChannels: number;
  /** Layers in each of the four blocks. */
  readonly blocks: readonly [number, number, number, number];
}

const CONFIGURATIONS: readonly Configuration[] = [
  { name: "densenet121", growth: 32, stemChannels: 64, blocks: [6, 12, 24, 16] },
  { name: "densenet161", growth: 48, stemChannels: 96, blocks: [6, 12, 36, 24] },
  { name: "densenet169", growth: 32, stemChannels: 64, blocks: [6, 12, 32, 32] },
  { name: "densenet201", growth: 32, stemChannels: 64, blocks: [6, 12, 48, 32] },
];

/** The bottleneck has this many times as many channels as the growth rate. */
const BOTTLENECK = 4;

function denseLayer(inChannels: number, growth: number): Module {
  const width = BOTTLENECK * growth;
  return sequential({
    norm1: batchNorm2d(inChannels),
    relu1: relu(),
    conv1: conv2d(inChannels, width, { kernelSize: 1, bias: false }),
    norm2: batchNorm2d(width),
    relu2: relu(),
    conv2: conv2d(width, growth, { kernelSize: 3, padding: 1, bias: false }),
  });
}

/** Concatenates all previous results once per layer, as torchvision does. */
function denseBlockOf(layers: number, inChannels: number, growth: number): Module {
  return (scope, x) => {
    const xs = [x];
    const all = (suffix: string): typeof x =>
      xs.length === 1 ? x : scope.graph.concat({ xs: [...xs] }, { axis: 1 }, scope.nodeName(suffix));
    for (let index = 0; index < layers; index += 1) {
      xs.push(scope.call(`denselayer${index + 1}`, denseLayer(inChannels + index * growth, growth), all("cat")));
    }
    return all("cat");
  };
}

function transition(inChannels: number, outChannels: number): Module {
  return sequential({
    norm: batchNorm2d(inChannels),
    relu: relu(),
    conv: conv2d(inChannels, outChannels, { kernelSize: 1, bias: false }),
    pool: avgPool2d({ kernelSize: 2, stride: 2 }),
  });
}

function densenet({ growth, stemChannels, blocks }: Configuration, { classes, channels }: NetworkOptions): Module {
  let width = stemChannels;
  const body: Record<string, Module> = {};
  for (const [index, layers] of blocks.entries()) {
    body[`denseblock${index + 1}`] = denseBlockOf(layers, width, growth);
    width += layers * growth;
    if (index === blocks.length - 1) break;
    body[`transition${index + 1}`] = transition(width, width / 2);
    width /= 2;
  }
  return sequential({
    features: sequential({
      conv0: conv2d(channels, stemChannels, { kernelSize: 7, stride: 2, padding: 3, bias: false }),
      norm0: batchNorm2d(stemChannels),
      relu0: relu(),
      pool0: maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
      ...body,
      norm5: batchNorm2d(width),
    }),
    relu: relu(),
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    classifier: linear(width, classes),
  });
}

const DENSELY_CONNECTED: Source = Object.freeze({
  authors: "Huang, Liu, van der Maaten and Weinberger",
  title: "Densely connected convolutional networks",
  year: 2016,
  url: "https://arxiv.org/abs/1608.06993",
});

export const densenetModels: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: configuration.name,
  family: "densenet",
  summary: `DenseNet with growth ${configuration.growth} and blocks of ${configuration.blocks.join(", ")} layers, torchvision's.`,
  source: DENSELY_CONNECTED,
  defaults: IMAGENET,
  minimumSize: 29,
  build: (options) => densenet(configuration, options),
}));
