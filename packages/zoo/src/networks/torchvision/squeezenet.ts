/**
 * SqueezeNet: AlexNet's accuracy with a fiftieth of its parameters. A fire module reduces the channels with 1×1
 * convolutions before it expands them with parallel 1×1 and 3×3 ones. Scores come from a convolution and a global pool,
 * without a linear layer.
 *
 * Iandola and others, SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size (2016), in
 * torchvision's versions 1.0 and 1.1; pools round up.
 */
import { adaptiveAvgPool2d, conv2d, dropout, flatten, maxPool2d, relu, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

/** Channels after the squeeze and of each of the two expansions, or a pool. */
type Stage = readonly [squeeze: number, expand: number] | "pool";

interface Configuration {
  readonly version: "1_0" | "1_1";
  readonly stem: { readonly channels: number; readonly kernelSize: number };
  readonly stages: readonly Stage[];
  readonly minimumSize: number;
}

const CONFIGURATIONS: readonly Configuration[] = [
  {
    version: "1_0",
    stem: { channels: 96, kernelSize: 7 },
    stages: [
      "pool",
      [16, 64],
      [16, 64],
      [32, 128],
      "pool",
      [32, 128],
      [48, 192],
      [48, 192],
      [64, 256],
      "pool",
      [64, 256],
    ],
    minimumSize: 21,
  },
  {
    version: "1_1",
    stem: { channels: 64, kernelSize: 3 },
    stages: [
      "pool",
      [16, 64],
      [16, 64],
      "pool",
      [32, 128],
      [32, 128],
      "pool",
      [48, 192],
      [48, 192],
      [64, 256],
      [64, 256],
    ],
    minimumSize: 17,
  },
];

function fire(inChannels: number, squeeze: number, expand: number): Module {
  return (scope, x) => {
    const squeezed = scope.call("squeeze", conv2d(inChannels, squeeze, { kernelSize: 1 }), x);
    const narrow = scope.call("squeeze_activation", relu(), squeezed);
    const expand1x1 = scope.call("expand1x1", conv2d(squeeze, expand, { kernelSize: 1 }), narrow);
    const a = scope.call("expand1x1_activation", relu(), expand1x1);
    const expand3x3 = scope.call("expand3x3", conv2d(squeeze, expand, { kernelSize: 3, padding: 1 }), narrow);
    const b = scope.call("expand3x3_activation", relu(), expand3x3);
    return scope.graph.concat({ xs: [a, b] }, { axis: 1 }, scope.nodeName("cat"));
  };
}

function squeezenet({ stem, stages }: Configuration, { classes, channels }: NetworkOptions): Module {
  let width = stem.channels;
  const body = stages.map((stage) => {
    if (stage === "pool") return maxPool2d({ kernelSize: 3, stride: 2, ceilMode: true });
    const [squeeze, expand] = stage;
    const module = fire(width, squeeze, expand);
    width = 2 * expand;
    return module;
  });
  return sequential({
    features: sequential([
      conv2d(channels, stem.channels, { kernelSize: stem.kernelSize, stride: 2 }),
      relu(),
      ...body,
    ]),
    classifier: sequential([dropout(0.5), conv2d(width, classes, { kernelSize: 1 }), relu(), adaptiveAvgPool2d(1)]),
    flatten: flatten(),
  });
}

const SQUEEZENET: Source = Object.freeze({
  authors: "Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer",
  title: "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
  year: 2016,
  url: "https://arxiv.org/abs/1602.07360",
});

export const squeezenetModels: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: `squeezenet${configuration.version}`,
  family: "squeezenet",
  summary: `SqueezeNet ${configuration.version.replace("_", ".")}, torchvision's.`,
  source: SQUEEZENET,
  defaults: IMAGENET,
  minimumSize: configuration.minimumSize,
  build: (options) => squeezenet(configuration, options),
}));
