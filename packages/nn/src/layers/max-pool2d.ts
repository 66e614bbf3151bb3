import { checkNoMore, checkOptions, type KnownOptions } from "@isoconv/core-spec";
import { imageSize, locate, parsePair, type PairLike } from "../arguments.js";
import type { Module } from "../module.js";
import { poolPads } from "../pads.js";
import { parsePool, poolOptions, type PoolOptions } from "./pool-arguments.js";

export interface MaxPool2dOptions extends PoolOptions {
  /** 1 by default. */
  readonly dilation?: PairLike;
}

const OPTIONS: KnownOptions<MaxPool2dOptions> = {
  known: { ...poolOptions, dilation: true },
  unsupported: {
    returnIndices: "The result contains only the maxima",
  },
};

/**
 * PyTorch's `nn.MaxPool2d`: `[N, C, H, W]` → `[N, C, H', W']`; padding is never the maximum.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function maxPool2d(options: MaxPool2dOptions, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "maxPool2d" });
  checkNoMore(none, { op: "maxPool2d" });
  return (scope, x) => {
    const at = locate(scope, "maxPool2d");
    const window = { ...parsePool(options, at), dilations: parsePair(options.dilation ?? 1, "dilation", 1, at) };
    const { kernel, strides, dilations } = window;
    const pads = poolPads(imageSize(x, at), window);
    return scope.graph.maxPool2d({ x }, { kernel, strides, pads, dilations }, scope.nodeName());
  };
}
