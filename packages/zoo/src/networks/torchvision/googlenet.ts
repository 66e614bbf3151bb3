/**
 * GoogLeNet: Inception blocks apply windows of several sizes in parallel, after 1×1 convolutions that reduce the
 * channels, and a global pool replaces most of the linear layers.
 *
 * Szegedy and others, Going deeper with convolutions (2014), in torchvision's version, whose weights were trained with
 * its peculiarities: batch norm with ε = 0.001 after every convolution, no biases, 3×3 where the paper has 5×5, pools
 * that round up, the last of them 2×2, images normalised to mean and deviation 0.5. The auxiliary heads are used only
 * in training.
 */
import {
  adaptiveAvgPool2d,
  concat,
  dropout,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { sequentialWithHeads, type AuxiliaryHead } from "./auxiliary-heads.js";
import { basicConv } from "./basic-conv.js";
import { IMAGENET } from "./imagenet.js";
import { transformInput } from "./transform-input.js";

/** Channels of the four branches: 1×1; 1×1 then 3×3; 1×1 then the 3×3 in place of the 5×5; pool then 1×1. */
type Channels = readonly [number, readonly [number, number], readonly [number, number], number];

const BLOCKS = {
  inception3a: [64, [96, 128], [16, 32], 32],
  inception3b: [128, [128, 192], [32, 96], 64],
  inception4a: [192, [96, 208], [16, 48], 64],
  inception4b: [160, [112, 224], [24, 64], 64],
  inception4c: [128, [128, 256], [24, 64], 64],
  inception4d: [112, [144, 288], [32, 64], 64],
  inception4e: [256, [160, 320], [32, 128], 128],
  inception5a: [256, [160, 320], [32, 128], 128],
  inception5b: [384, [192, 384], [48, 128], 128],
} as const satisfies Readonly<Record<string, Channels>>;

const HEADS = [
  { name: "aux1", after: "inception4a" },
  { name: "aux2", after: "inception4d" },
] as const;

function channelsOut([c1, [, c2], [, c3], c4]: Channels): number {
  return c1 + c2 + c3 + c4;
}

function inceptionBlock(inChannels: number, [c1, c2, c3, c4]: Channels): Module {
  const reduced = ([first, second]: readonly [number, number]): Module =>
    sequential([
      basicConv(inChannels, first, { kernelSize: 1 }),
      basicConv(first, second, { kernelSize: 3, padding: 1 }),
    ]);
  return concat({
    branch1: basicConv(inChannels, c1, { kernelSize: 1 }),
    branch2: reduced(c2),
    branch3: reduced(c3),
    branch4: sequential([
      maxPool2d({ kernelSize: 3, stride: 1, padding: 1, ceilMode: true }),
      basicConv(inChannels, c4, { kernelSize: 1 }),
    ]),
  });
}

/** torchvision's `InceptionAux`. */
function auxiliaryHead(inChannels: number, classes: number): Module {
  return sequential({
    avgpool: adaptiveAvgPool2d(4),
    conv: basicConv(inChannels, 128, { kernelSize: 1 }),
    flatten: flatten(),
    fc1: linear(128 * 4 * 4, 1024),
    relu: relu(),
    dropout: dropout(0.7),
    fc2: linear(1024, classes),
  });
}

function googlenet(options: NetworkOptions): Module {
  const { classes, channels } = options;
  let width = 192;
  const block = (name: keyof typeof BLOCKS): Module => {
    const module = inceptionBlock(width, BLOCKS[name]);
    width = channelsOut(BLOCKS[name]);
    return module;
  };
  const pool = (kernelSize: number): Module => maxPool2d({ kernelSize, stride: 2, ceilMode: true });
  const body = {
    conv1: basicConv(channels, 64, { kernelSize: 7, stride: 2, padding: 3 }),
    maxpool1: pool(3),
    conv2: basicConv(64, 64, { kernelSize: 1 }),
    conv3: basicConv(64, 192, { kernelSize: 3, padding: 1 }),
    maxpool2: pool(3),
    inception3a: block("inception3a"),
    inception3b: block("inception3b"),
    maxpool3: pool(3),
    inception4a: block("inception4a"),
    inception4b: block("inception4b"),
    inception4c: block("inception4c"),
    inception4d: block("inception4d"),
    inception4e: block("inception4e"),
    maxpool4: pool(2),
    inception5a: block("inception5a"),
    inception5b: block("inception5b"),
  };
  const classifier = {
    avgpool: adaptiveAvgPool2d(1),
    flatten: flatten(),
    dropout: dropout(0.2),
    fc: linear(width, classes),
  };
  const heads: readonly AuxiliaryHead[] = options.auxiliary
    ? HEADS.map(({ name, after }) => ({ name, after, module: auxiliaryHead(channelsOut(BLOCKS[after]), classes) }))
    : [];
  const transform = options.transformInput ? { transform_input: transformInput() } : {};
  const network = sequentialWithHeads({ ...transform, ...body, ...classifier }, heads);
  return (scope, x) => {
    scope.declareChildren(...Object.keys(body), ...heads.map(({ name }) => name));
    return network(scope, x);
  };
}

export const googlenetModels: readonly ModelDefinition[] = [
  {
    name: "googlenet",
    family: "googlenet",
    summary: "GoogLeNet with batch norm, torchvision's.",
    source: {
      authors: "Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke and Rabinovich",
      title: "Going deeper with convolutions",
      year: 2014,
      url: "https://arxiv.org/abs/1409.4842",
    },
    defaults: IMAGENET,
    minimumSize: 15,
    variants: ["transformInput", "auxiliary"],
    auxiliaryHeads: HEADS.map(({ name }) => name),
    build: googlenet,
  },
];
