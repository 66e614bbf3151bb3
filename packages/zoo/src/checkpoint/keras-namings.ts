import { mapTensor } from "@isoconv/weights";
import { afterFlatten, fromHwio, transposed } from "./adapt-layout.js";
import type { Adapt, Naming, Renaming } from "./naming.js";
import type { NetworkNames } from "./network-names.js";

/** What Keras calls the arrays of its layers; in the files of 2016 they have other names. */
const KERNEL = String.raw`(?:kernel|\w+_W_1)`;
const BIAS = String.raw`(?:bias|\w+_b_1)`;

/** A name of the network, from what the layer's pattern captured. */
type NameOf = (...captured: readonly string[]) => string;

/**
 * Matches the dataset of an array, whose path is the layer, the layer again, and the array's name. Layer names may
 * contain slashes. A file of a whole model has the weights in a group of their own.
 */
function dataset(layer: string, array: string): RegExp {
  return new RegExp(String.raw`^(?:model_weights/)?${layer}/(?:\S+/)?${array}(?::0)?$`);
}

function weight(layer: string, nameOf: NameOf, adapt: Adapt): Renaming {
  return { from: dataset(layer, KERNEL), to: (...captured) => `${nameOf(...captured)}.weight`, adapt };
}

function weightAndBias(layer: string, nameOf: NameOf, adapt: Adapt): readonly Renaming[] {
  return [
    weight(layer, nameOf, adapt),
    { from: dataset(layer, BIAS), to: (...captured) => `${nameOf(...captured)}.bias` },
  ];
}

/** The convolutions of a VGG without batch norm, by Keras' numbers of block and convolution; a pool is between blocks. */
function convolutionsOf({ needed, unused }: NetworkNames): readonly (readonly [layer: string, name: string])[] {
  const names = [...needed, ...unused];
  if (names.some((name) => name.endsWith(".running_mean"))) return [];
  const places = names
    .flatMap((name) => /^features\.(\d+)\.weight$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  let [block, convolution, before] = [1, 0, -2];
  return places.map((place) => {
    if (place - before > 2) [block, convolution] = [block + 1, 0];
    convolution += 1;
    before = place;
    return [`block${block}_conv${convolution}`, `features.${place}`];
  });
}

export const kerasVgg: Naming = {
  name: "keras-vgg",
  summary: "VGG16 and VGG19 of Keras' applications; their images are BGR from 0 to 255, less the means",
  source: "https://github.com/keras-team/keras-applications/blob/master/keras_applications/vgg16.py",
  renamings: (network) => [
    ...convolutionsOf(network).flatMap(([layer, name]) => weightAndBias(layer, () => name, fromHwio)),
    ...weightAndBias("fc1", () => "classifier.0", afterFlatten(7, 7)),
    ...weightAndBias("fc2", () => "classifier.3", transposed),
    ...weightAndBias("predictions", () => "classifier.6", transposed),
  ],
};

/** A batch norm's ε in Keras' DenseNets, and in torchvision's. */
const [KERAS_EPSILON, EPSILON] = [1.001e-5, 1e-5];

/** The variance with which a batch norm of ε computes what Keras' computes. */
const withKerasEpsilon: Adapt = (tensor) => mapTensor(tensor, (variance) => variance + (KERAS_EPSILON - EPSILON));

function batchNorm(layer: string, nameOf: NameOf): readonly Renaming[] {
  const part = (array: string, own: string, adapt?: Adapt): Renaming => ({
    from: dataset(layer, array),
    to: (...captured) => `${nameOf(...captured)}.${own}`,
    ...(adapt === undefined ? {} : { adapt }),
  });
  return [
    part("gamma", "weight"),
    part("beta", "bias"),
    part("moving_mean", "running_mean"),
    part("moving_variance", "running_var", withKerasEpsilon),
  ];
}

/** A layer of the dense blocks: Keras counts the stem as the first of its stages. */
const denseLayer =
  (name: string): NameOf =>
  (stage, layer) =>
    `features.denseblock${Number(stage) - 1}.denselayer${layer}.${name}`;

const transition =
  (name: string): NameOf =>
  (stage) =>
    `features.transition${Number(stage) - 1}.${name}`;

export const kerasDensenet: Naming = {
  name: "keras-densenet",
  summary: "DenseNet of Keras' applications; its ε of 1.001e-5 is added to the variances",
  source: "https://github.com/keras-team/keras-applications/blob/master/keras_applications/densenet.py",
  renamings: [
    weight("conv1[/_]conv", () => "features.conv0", fromHwio),
    ...batchNorm("conv1[/_]bn", () => "features.norm0"),
    ...batchNorm(String.raw`conv([2-5])_block(\d+)_0_bn`, denseLayer("norm1")),
    weight(String.raw`conv([2-5])_block(\d+)_1_conv`, denseLayer("conv1"), fromHwio),
    ...batchNorm(String.raw`conv([2-5])_block(\d+)_1_bn`, denseLayer("norm2")),
    weight(String.raw`conv([2-5])_block(\d+)_2_conv`, denseLayer("conv2"), fromHwio),
    ...batchNorm("pool([2-4])_bn", transition("norm")),
    weight("pool([2-4])_conv", transition("conv"), fromHwio),
    ...batchNorm("bn", () => "features.norm5"),
    ...weightAndBias("(?:fc1000|predictions)", () => "classifier", transposed),
  ],
};
