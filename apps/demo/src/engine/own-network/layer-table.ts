import { known, type Value } from "@isoconv/core-spec";
import * as nn from "@isoconv/nn";
import type { Module, Scope } from "@isoconv/nn";
import { adaptiveSize, branches, flag, layers, number, numbers, padding, pairLike, type Reader } from "./attributes.js";

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Read<R extends Readers> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

/** How a layer of the text is turned into a layer of `@isoconv/nn`. */
export interface LayerKind {
  readonly required: Readers;
  readonly optional: Readers;
  /** Builds the layer from the attributes that the readers return. */
  readonly build: (attributes: Readonly<Record<string, unknown>>) => Module;
}

/** The readers check the types of the attributes. This is the only cast that relies on it. */
function layer<R extends Readers, O extends Readers>(
  required: R,
  optional: O,
  build: (attributes: Read<R> & Partial<Read<O>>) => Module,
): LayerKind {
  return { required, optional, build: (attributes) => build(attributes as Read<R> & Partial<Read<O>>) };
}

const pool = { stride: pairLike, padding: pairLike, ceilMode: flag };
const convolution = { stride: pairLike, dilation: pairLike, groups: number, bias: flag };

/** Names and attributes are those of `@isoconv/nn`, without those that follow from a layer's input. */
export const layerTable: Readonly<Record<string, LayerKind>> = {
  conv2d: layer(
    { outChannels: number, kernelSize: pairLike },
    { ...convolution, padding },
    ({ outChannels, ...options }) => onChannels((inChannels) => nn.conv2d(inChannels, outChannels, options)),
  ),
  convTranspose2d: layer(
    { outChannels: number, kernelSize: pairLike },
    { ...convolution, padding: pairLike, outputPadding: pairLike },
    ({ outChannels, ...options }) => onChannels((inChannels) => nn.convTranspose2d(inChannels, outChannels, options)),
  ),
  linear: layer({ outFeatures: number }, { bias: flag }, ({ outFeatures, ...options }) =>
    nn.lazyLinear(outFeatures, options),
  ),
  maxPool2d: layer({ kernelSize: pairLike }, { ...pool, dilation: pairLike }, nn.maxPool2d),
  avgPool2d: layer({ kernelSize: pairLike }, { ...pool, countIncludePad: flag }, nn.avgPool2d),
  adaptiveAvgPool2d: layer({ outputSize: adaptiveSize }, {}, ({ outputSize }) => nn.adaptiveAvgPool2d(outputSize)),
  batchNorm2d: layer({}, { eps: number, affine: flag }, (options) =>
    onChannels((features) => nn.batchNorm2d(features, options)),
  ),
  layerNorm: layer({}, { axis: number, eps: number }, (options) =>
    onExtent(options.axis ?? -1, (features) => nn.layerNorm(features, options)),
  ),
  localResponseNorm: layer({ size: number }, { alpha: number, beta: number, k: number }, ({ size, ...options }) =>
    nn.localResponseNorm(size, options),
  ),
  relu: layer({}, {}, () => nn.relu()),
  relu6: layer({}, {}, () => nn.relu6()),
  leakyRelu: layer({}, { negativeSlope: number }, ({ negativeSlope }) => nn.leakyRelu(negativeSlope)),
  prelu: layer({}, { numParameters: number, init: number }, ({ numParameters, init }) => nn.prelu(numParameters, init)),
  elu: layer({}, { alpha: number }, ({ alpha }) => nn.elu(alpha)),
  sigmoid: layer({}, {}, () => nn.sigmoid()),
  hardsigmoid: layer({}, {}, () => nn.hardsigmoid()),
  hardswish: layer({}, {}, () => nn.hardswish()),
  silu: layer({}, {}, () => nn.silu()),
  gelu: layer({}, {}, () => nn.gelu()),
  tanh: layer({}, {}, () => nn.tanh()),
  softmax: layer({ dim: number }, {}, ({ dim }) => nn.softmax(dim)),
  logSoftmax: layer({ dim: number }, {}, ({ dim }) => nn.logSoftmax(dim)),
  dropout: layer({}, { p: number }, ({ p }) => nn.dropout(p)),
  flatten: layer({}, { startDim: number }, ({ startDim }) => nn.flatten(startDim)),
  identity: layer({}, {}, () => nn.identity()),
  permute: layer({ dims: numbers }, {}, ({ dims }) => nn.permute(dims)),
  upsample: layer({ scaleFactor: pairLike }, {}, nn.upsample),
  residual: layer({ main: layers }, { shortcut: layers }, ({ main, shortcut }) => nn.residual(main, shortcut)),
  concat: layer({ branches }, { axis: number }, ({ branches: each, axis }) => nn.concat(each, axis)),
};

function onChannels(make: (channels: number) => Module): Module {
  return onExtent(1, make);
}

/** A layer that takes an extent from its input. */
function onExtent(axis: number, make: (extent: number) => Module): Module {
  return (scope, x) => make(extentOf(x, axis, scope))(scope, x);
}

function extentOf({ shape }: Value, axis: number, { path }: Scope): number {
  return known(shape.at(axis) ?? "N", { node: path, path: "inputs.x" }, `axis ${axis}`);
}
