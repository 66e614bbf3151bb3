/**
 * Inception v3: GoogLeNet's parallel windows at a lower cost. A 5×5 becomes two 3×3, a 7×7 becomes a 1×7 followed by a
 * 7×1, and where the image halves, strided convolutions run in parallel to the pool instead of in sequence.
 *
 * Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, Rethinking the Inception architecture for computer vision (2015), in
 * torchvision's version: batch norm with ε = 0.001 after every convolution, no biases, average pools that count their
 * padding, images normalised to mean and deviation 0.5. The auxiliary head is used only in training and needs 299×299.
 */
import {
  adaptiveAvgPool2d,
  avgPool2d,
  dropout,
  flatten,
  linear,
  maxPool2d,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { sequentialWithHeads } from "./auxiliary-heads.js";
import { basicConv } from "./basic-conv.js";
import { IMAGENET } from "./imagenet.js";
import { blockA, blockB, blockC, blockD, blockE } from "./inception-v3-blocks.js";
import { transformInput } from "./transform-input.js";

const AUXILIARY_HEAD = "AuxLogits";

/** torchvision's `InceptionAux`. */
function auxiliaryHead(inChannels: number, classes: number): Module {
  return sequential({
    avg_pool2d: avgPool2d({ kernelSize: 5, stride: 3 }),
    conv0: basicConv(inChannels, 128, { kernelSize: 1 }),
    conv1: basicConv(128, 768, { kernelSize: 5 }),
    adaptive_avg_pool2d: adaptiveAvgPool2d(1),
    flatten: flatten(),
    fc: linear(768, classes),
  });
}

function inceptionV3(options: NetworkOptions): Module {
  const { classes, channels } = options;
  const layers = {
    ...(options.transformInput && { transform_input: transformInput() }),
    Conv2d_1a_3x3: basicConv(channels, 32, { kernelSize: 3, stride: 2 }),
    Conv2d_2a_3x3: basicConv(32, 32, { kernelSize: 3 }),
    Conv2d_2b_3x3: basicConv(32, 64, { kernelSize: 3, padding: 1 }),
    maxpool1: maxPool2d({ kernelSize: 3, stride: 2 }),
    Conv2d_3b_1x1: basicConv(64, 80, { kernelSize: 1 }),
    Conv2d_4a_3x3: basicConv(80, 192, { kernelSize: 3 }),
    maxpool2: maxPool2d({ kernelSize: 3, stride: 2 }),
    Mixed_5b: blockA(32),
    Mixed_5c: blockA(64),
    Mixed_5d: blockA(64),
    Mixed_6a: blockB,
    Mixed_6b: blockC(128),
    Mixed_6c: blockC(160),
    Mixed_6d: blockC(160),
    Mixed_6e: blockC(192),
    Mixed_7a: blockD,
    Mixed_7b: blockE,
    Mixed_7c: blockE,
    avgpool: adaptiveAvgPool2d(1),
    dropout: dropout(0.5),
    flatten: flatten(),
    fc: linear(2048, classes),
  };
  const head = { name: AUXILIARY_HEAD, after: "Mixed_6e", module: auxiliaryHead(768, classes) };
  return sequentialWithHeads(layers, options.auxiliary ? [head] : []);
}

export const inceptionV3Models: readonly ModelDefinition[] = [
  {
    name: "inception_v3",
    family: "inception",
    summary: "Inception v3 for 299×299 images, torchvision's.",
    source: {
      authors: "Szegedy, Vanhoucke, Ioffe, Shlens and Wojna",
      title: "Rethinking the Inception architecture for computer vision",
      year: 2015,
      url: "https://arxiv.org/abs/1512.00567",
    },
    defaults: { ...IMAGENET, height: 299, width: 299 },
    minimumSize: 75,
    variants: ["transformInput", "auxiliary"],
    auxiliaryHeads: [AUXILIARY_HEAD],
    build: inceptionV3,
  },
];
