/**
 * GoogLeNet: an Inception block applies 1×1, 3×3 and 5×5 windows and a pool in parallel and concatenates their results.
 * 1×1 convolutions first reduce the channels to keep the cost low.
 *
 * Szegedy and others, Going deeper with convolutions (2014), as section 7.4 of Dive into Deep Learning builds it: true
 * 5×5 windows, biases, no batch norm, pools padded by 1 rather than `ceil`, no auxiliary heads.
 */
import { adaptiveAvgPool2d, conv2d, flatten, linear, maxPool2d, relu, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

/** Channels of a block's four paths: 1×1; 1×1 then 3×3; 1×1 then 5×5; pool then 1×1. */
export type InceptionChannels = readonly [
  c1: number,
  c2: readonly [reduced: number, out: number],
  c3: readonly [reduced: number, out: number],
  c4: number,
];

/** The channels of the three stages between the pools. */
const STAGES: readonly (readonly InceptionChannels[])[] = [
  [
    [64, [96, 128], [16, 32], 32],
    [128, [128, 192], [32, 96], 64],
  ],
  [
    [192, [96, 208], [16, 48], 64],
    [160, [112, 224], [24, 64], 64],
    [128, [128, 256], [24, 64], 64],
    [112, [144, 288], [32, 64], 64],
    [256, [160, 320], [32, 128], 128],
  ],
  [
    [256, [160, 320], [32, 128], 128],
    [384, [192, 384], [48, 128], 128],
  ],
];

function channelsOut([c1, [, c2], [, c3], c4]: InceptionChannels): number {
  return c1 + c2 + c3 + c4;
}

/** The book's `Inception`. */
export function inception(inChannels: number, [c1, c2, c3, c4]: InceptionChannels): Module {
  return (scope, x) => {
    // One ReLU for all paths, like F.relu: it is not a module and has no name.
    const rectified = (name: string, convolution: Module, value: typeof x): typeof x =>
      scope.graph.relu({ x: scope.call(name, convolution, value) }, {}, scope.nodeName("relu"));
    const p1 = rectified("p1_1", conv2d(inChannels, c1, { kernelSize: 1 }), x);
    let p2 = rectified("p2_1", conv2d(inChannels, c2[0], { kernelSize: 1 }), x);
    p2 = rectified("p2_2", conv2d(c2[0], c2[1], { kernelSize: 3, padding: 1 }), p2);
    let p3 = rectified("p3_1", conv2d(inChannels, c3[0], { kernelSize: 1 }), x);
    p3 = rectified("p3_2", conv2d(c3[0], c3[1], { kernelSize: 5, padding: 2 }), p3);
    let p4 = scope.call("p4_1", maxPool2d({ kernelSize: 3, stride: 1, padding: 1 }), x);
    p4 = rectified("p4_2", conv2d(inChannels, c4, { kernelSize: 1 }), p4);
    return scope.graph.concat({ xs: [p1, p2, p3, p4] }, { axis: 1 }, scope.nodeName("cat"));
  };
}

/** Consecutive Inception blocks, then the layer that ends the stage. */
function stage(inChannels: number, blocks: readonly InceptionChannels[], ...end: readonly Module[]): Module {
  let channels = inChannels;
  const modules = blocks.map((block) => {
    const module = inception(channels, block);
    channels = channelsOut(block);
    return module;
  });
  return sequential([...modules, ...end]);
}

const halve = (): Module => maxPool2d({ kernelSize: 3, stride: 2, padding: 1 });

function googlenet({ classes, channels }: NetworkOptions): Module {
  return sequential([
    sequential([conv2d(channels, 64, { kernelSize: 7, stride: 2, padding: 3 }), relu(), halve()]),
    sequential([
      conv2d(64, 64, { kernelSize: 1 }),
      relu(),
      conv2d(64, 192, { kernelSize: 3, padding: 1 }),
      relu(),
      halve(),
    ]),
    stage(192, STAGES[0], halve()),
    stage(480, STAGES[1], halve()),
    stage(832, STAGES[2], adaptiveAvgPool2d(1), flatten()),
    linear(1024, classes),
  ]);
}

export const d2lGooglenetModels: readonly ModelDefinition[] = [
  {
    name: "d2l/googlenet",
    family: "googlenet",
    summary: "GoogLeNet with true 5×5 windows and without batch norm, for 96×96 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(96),
    minimumSize: 1,
    build: googlenet,
  },
];
