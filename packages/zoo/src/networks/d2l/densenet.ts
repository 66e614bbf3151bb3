/**
 * DenseNet: every layer reads the results of all layers before it. A dense block concatenates instead of adding, and
 * each convolution adds a few channels (the growth rate). Transitions halve channels and image.
 *
 * Huang, Liu, van der Maaten and Weinberger, Densely connected convolutional networks (2016), as section 7.7 of Dive
 * into Deep Learning builds it: four blocks of four convolutions, growth 32, no bottleneck.
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
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

const STEM_CHANNELS = 64;
const GROWTH = 32;
/** Convolutions in each dense block. */
const BLOCKS: readonly number[] = [4, 4, 4, 4];

/** The book's `conv_block`: batch norm and ReLU come before the convolution. */
function convBlock(inChannels: number, outChannels: number): Module {
  return sequential([batchNorm2d(inChannels), relu(), conv2d(inChannels, outChannels, { kernelSize: 3, padding: 1 })]);
}

/** The book's `DenseBlock`: each convolution reads all channels so far and adds `growth` channels. */
export function denseBlock(convolutions: number, inChannels: number, growth: number): Module {
  return (scope, x) =>
    scope.call(
      "net",
      (net, first) => {
        let all = first;
        for (let index = 0; index < convolutions; index += 1) {
          const fresh = net.call(String(index), convBlock(inChannels + index * growth, growth), all);
          all = net.graph.concat({ xs: [all, fresh] }, { axis: 1 }, net.nodeName("cat"));
        }
        return all;
      },
      x,
    );
}

/** The book's `transition_block`: fewer channels, half the size. */
export function transitionBlock(inChannels: number, outChannels: number): Module {
  return sequential([
    batchNorm2d(inChannels),
    relu(),
    conv2d(inChannels, outChannels, { kernelSize: 1 }),
    avgPool2d({ kernelSize: 2, stride: 2 }),
  ]);
}

function densenet({ classes, channels }: NetworkOptions): Module {
  const stem = sequential([
    conv2d(channels, STEM_CHANNELS, { kernelSize: 7, stride: 2, padding: 3 }),
    batchNorm2d(STEM_CHANNELS),
    relu(),
    maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
  ]);
  let width = STEM_CHANNELS;
  const blocks = BLOCKS.flatMap((convolutions, index) => {
    const block = denseBlock(convolutions, width, GROWTH);
    width += convolutions * GROWTH;
    if (index === BLOCKS.length - 1) return [block];
    const transition = transitionBlock(width, width / 2);
    width /= 2;
    return [block, transition];
  });
  return sequential([
    stem,
    ...blocks,
    batchNorm2d(width),
    relu(),
    adaptiveAvgPool2d(1),
    flatten(),
    linear(width, classes),
  ]);
}

export const d2lDensenetModels: readonly ModelDefinition[] = [
  {
    name: "d2l/densenet",
    family: "densenet",
    summary: "DenseNet with four blocks of four convolutions, for 96×96 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(96),
    minimumSize: 29,
    build: densenet,
  },
];
