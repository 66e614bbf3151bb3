import { checkNoMore, checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { locate, parsePair, type PairLike } from "../arguments.js";
import type { Module } from "../module.js";
import { fanInOf } from "../parameter.js";
import { parseGroups } from "./conv2d.js";

export interface ConvTranspose2dOptions {
  readonly kernelSize: PairLike;
  /** 1 by default. */
  readonly stride?: PairLike;
  /** Rows and columns cropped from each side of the result, 0 by default. */
  readonly padding?: PairLike;
  /** Rows and columns added at the bottom and right of the result, 0 by default. */
  readonly outputPadding?: PairLike;
  /** 1 by default. */
  readonly dilation?: PairLike;
  /** 1 by default; divides both channel counts. */
  readonly groups?: number;
  /** True by default. */
  readonly bias?: boolean;
}

const OPTIONS: KnownOptions<ConvTranspose2dOptions> = {
  known: {
    kernelSize: true,
    stride: true,
    padding: true,
    outputPadding: true,
    dilation: true,
    groups: true,
    bias: optionChecks.flag,
  },
  unsupported: {
    paddingMode: "Padding crops the result",
  },
};

/**
 * PyTorch's `nn.ConvTranspose2d`: `[N, in, H, W]` → `[N, out, (H − 1)·s − 2p + d·(k − 1) + 1 + outputPadding, …]`.
 * Parameters `weight` `[in, out / groups, kH, kW]` and `bias` `[out]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function convTranspose2d(
  inChannels: number,
  outChannels: number,
  options: ConvTranspose2dOptions,
  ...none: never[]
): Module {
  checkOptions(options, OPTIONS, { op: "convTranspose2d" });
  checkNoMore(none, { op: "convTranspose2d" });
  return (scope, x) => {
    const at = locate(scope, "convTranspose2d");
    const groups = parseGroups(inChannels, outChannels, options.groups ?? 1, at);
    const kernel = parsePair(options.kernelSize, "kernelSize", 1, at);
    const strides = parsePair(options.stride ?? 1, "stride", 1, at);
    const dilations = parsePair(options.dilation ?? 1, "dilation", 1, at);
    const outputPads = parsePair(options.outputPadding ?? 0, "outputPadding", 0, at);
    const [height, width] = parsePair(options.padding ?? 0, "padding", 0, at);
    const pads = [height, width, height, width] as const;

    const shape = [inChannels, outChannels / groups, ...kernel];
    const w = scope.parameter("weight", { shape, kind: "weight" });
    const bias =
      options.bias === false
        ? {}
        : { bias: scope.parameter("bias", { shape: [outChannels], kind: "bias", fanIn: fanInOf(shape) }) };
    const attrs = { strides, pads, outputPads, dilations, groups };
    return scope.graph.convTranspose2d({ x, w, ...bias }, attrs, scope.nodeName());
  };
}
