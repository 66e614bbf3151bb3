import {
  checkNoMore,
  checkOptions,
  IsoconvError,
  optionChecks,
  type KnownOptions,
  type Location,
  type Pads2d,
  type Pair,
} from "@isoconv/core-spec";
import { imageSize, locate, parseCount, parsePair, type PairLike } from "../arguments.js";
import type { Module } from "../module.js";
import { samePads } from "../pads.js";
import { fanInOf } from "../parameter.js";

export interface Conv2dOptions {
  readonly kernelSize: PairLike;
  /** 1 by default. */
  readonly stride?: PairLike;
  /** Zeros on each side, 0 by default. `"same"` keeps the size and needs stride 1, `"valid"` is 0. */
  readonly padding?: PairLike | "same" | "valid";
  /** 1 by default. */
  readonly dilation?: PairLike;
  /** 1 by default; divides both channel counts. */
  readonly groups?: number;
  /** True by default. */
  readonly bias?: boolean;
}

const OPTIONS: KnownOptions<Conv2dOptions> = {
  known: { kernelSize: true, stride: true, padding: true, dilation: true, groups: true, bias: optionChecks.flag },
  unsupported: {
    paddingMode: "Padding is zeros",
  },
};

/**
 * PyTorch's `nn.Conv2d`: `[N, in, H, W]` → `[N, out, H', W']`. Parameters `weight` `[out, in / groups, kH, kW]` and `bias`
 * `[out]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function conv2d(inChannels: number, outChannels: number, options: Conv2dOptions, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "conv2d" });
  checkNoMore(none, { op: "conv2d" });
  return (scope, x) => {
    const at = locate(scope, "conv2d");
    const groups = parseGroups(inChannels, outChannels, options.groups ?? 1, at);
    const kernel = parsePair(options.kernelSize, "kernelSize", 1, at);
    const strides = parsePair(options.stride ?? 1, "stride", 1, at);
    const dilations = parsePair(options.dilation ?? 1, "dilation", 1, at);
    const pads = explicitPads(options.padding ?? 0, imageSize(x, at), { kernel, strides, dilations }, at);

    const shape = [outChannels, inChannels / groups, ...kernel];
    const w = scope.parameter("weight", { shape, kind: "weight" });
    const bias =
      options.bias === false
        ? {}
        : { bias: scope.parameter("bias", { shape: [outChannels], kind: "bias", fanIn: fanInOf(shape) }) };
    return scope.graph.conv2d({ x, w, ...bias }, { strides, pads, dilations, groups }, scope.nodeName());
  };
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` unless all are counts and the groups divide both channel counts */
export function parseGroups(inChannels: number, outChannels: number, groups: number, at: Location): number {
  parseCount(groups, "groups", at);
  for (const [path, channels] of Object.entries({ inChannels, outChannels })) {
    parseCount(channels, path, at);
    if (channels % groups !== 0) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        ...at,
        path,
        what: "groups do not divide the channels",
        expected: `a multiple of ${groups}`,
        received: channels,
      });
    }
  }
  return groups;
}

interface Taps {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

function explicitPads(padding: PairLike | "same" | "valid", input: Pair, window: Taps, at: Location): Pads2d {
  if (padding === "valid") return [0, 0, 0, 0];
  if (padding === "same") {
    if (window.strides.every((stride) => stride === 1)) return samePads(input, window);
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      path: "padding",
      what: '"same" is not defined for a strided convolution',
      expected: "stride 1, or padding in numbers",
      received: window.strides,
      hint: "PyTorch refuses it too: frameworks disagree on where the odd row goes",
    });
  }
  const [height, width] = parsePair(padding, "padding", 0, at);
  return [height, width, height, width];
}
