/**
 * Network in network: a small fully connected network at every pixel, built of 1×1 convolutions. The last block has one
 * channel per class and a global average pool returns the scores, so there is no linear layer and few parameters.
 *
 * Lin, Chen and Yan, Network in network (2013), as section 7.3 of Dive into Deep Learning builds it.
 */
import { adaptiveAvgPool2d, conv2d, dropout, flatten, maxPool2d, relu, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

/** The first convolution of a block. */
export interface NinWindow {
  readonly kernelSize: number;
  readonly stride?: number;
  readonly padding?: number;
}

/** The book's `nin_block`: a convolution, then two 1×1 convolutions. */
export function ninBlock(inChannels: number, outChannels: number, window: NinWindow): Module {
  return sequential([
    conv2d(inChannels, outChannels, window),
    relu(),
    conv2d(outChannels, outChannels, { kernelSize: 1 }),
    relu(),
    conv2d(outChannels, outChannels, { kernelSize: 1 }),
    relu(),
  ]);
}

function nin({ classes, channels }: NetworkOptions): Module {
  return sequential([
    ninBlock(channels, 96, { kernelSize: 11, stride: 4 }),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    ninBlock(96, 256, { kernelSize: 5, padding: 2 }),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    ninBlock(256, 384, { kernelSize: 3, padding: 1 }),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    dropout(0.5),
    ninBlock(384, classes, { kernelSize: 3, padding: 1 }),
    adaptiveAvgPool2d(1),
    flatten(),
  ]);
}

export const d2lNinModels: readonly ModelDefinition[] = [
  {
    name: "d2l/nin",
    family: "nin",
    summary: "Network in network, for 224×224 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(224),
    minimumSize: 67,
    build: nin,
  },
];
