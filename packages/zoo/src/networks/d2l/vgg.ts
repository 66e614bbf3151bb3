/**
 * VGG: a network of blocks. Two stacked 3×3 convolutions have the receptive field of a 5×5, with fewer weights and one
 * more nonlinearity. A block stacks several and halves the image; a list of blocks defines the architecture.
 *
 * Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition (2014), as section 7.2 of
 * Dive into Deep Learning builds it.
 */
import { conv2d, dropout, flatten, lazyLinear, linear, maxPool2d, relu, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

/** The number of convolutions of each block and the number of channels they return. */
export type VggArchitecture = readonly (readonly [convolutions: number, channels: number])[];

const VGG11: VggArchitecture = [
  [1, 64],
  [1, 128],
  [2, 256],
  [2, 512],
  [2, 512],
];

/** The book's `vgg_block`: 3×3 convolutions that keep the size, then a pool that halves it. */
export function vggBlock(convolutions: number, inChannels: number, outChannels: number): Module {
  const layers = Array.from({ length: convolutions }, (_, index) => [
    conv2d(index === 0 ? inChannels : outChannels, outChannels, { kernelSize: 3, padding: 1 }),
    relu(),
  ]);
  return sequential([...layers.flat(), maxPool2d({ kernelSize: 2, stride: 2 })]);
}

/** The book's `vgg(conv_arch)`: blocks, then three linear layers. */
export function d2lVgg(
  architecture: VggArchitecture,
  { classes, channels }: Pick<NetworkOptions, "classes" | "channels">,
): Module {
  const blocks = architecture.map(([convolutions, outChannels], index) =>
    vggBlock(convolutions, architecture[index - 1]?.[1] ?? channels, outChannels),
  );
  return sequential([
    ...blocks,
    flatten(),
    lazyLinear(4096), // 512·7·7 inputs for 224×224 images
    relu(),
    dropout(0.5),
    linear(4096, 4096),
    relu(),
    dropout(0.5),
    linear(4096, classes),
  ]);
}

function definition(name: string, summary: string, architecture: VggArchitecture): ModelDefinition {
  return {
    name,
    family: "vgg",
    summary,
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(224),
    minimumSize: 32,
    build: (options) => d2lVgg(architecture, options),
  };
}

const quarter = VGG11.map(([convolutions, channels]) => [convolutions, channels / 4] as const);

export const d2lVggModels: readonly ModelDefinition[] = [
  definition("d2l/vgg11", "VGG-11 for 224×224 images.", VGG11),
  definition("d2l/vgg11-small", "VGG-11 with a quarter of the channels, which the book trains.", quarter),
];
