import { checkNoMore, checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { imageSize, locate } from "../arguments.js";
import type { Module } from "../module.js";
import { poolPads } from "../pads.js";
import { parsePool, poolOptions, type PoolOptions } from "./pool-arguments.js";

export interface AvgPool2dOptions extends PoolOptions {
  /** Whether padding counts as zeros in the mean; true by default, as in PyTorch. */
  readonly countIncludePad?: boolean;
}

const OPTIONS: KnownOptions<AvgPool2dOptions> = {
  known: { ...poolOptions, countIncludePad: optionChecks.flag },
  unsupported: {
    divisorOverride: "The divisor is the number of elements, with or without padding: countIncludePad",
  },
};

/**
 * PyTorch's `nn.AvgPool2d`: `[N, C, H, W]` → `[N, C, H', W']`.
 *
 * The operation `avgPool2d` excludes its pads from the mean. PyTorch counts the padding but not the rows and columns
 * that `ceilMode` adds. So counted padding becomes a separate `pad2d` node, and the added rows and columns become the
 * pool's pads.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function avgPool2d(options: AvgPool2dOptions, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "avgPool2d" });
  checkNoMore(none, { op: "avgPool2d" });
  return (scope, x) => {
    const at = locate(scope, "avgPool2d");
    const window = parsePool(options, at);
    const { kernel, strides, padding } = window;
    const [top, left, bottom, right] = poolPads(imageSize(x, at), { ...window, dilations: [1, 1] });
    const isCounted = options.countIncludePad !== false && padding.some((rows) => rows > 0);
    if (!isCounted) {
      return scope.graph.avgPool2d({ x }, { kernel, strides, pads: [top, left, bottom, right] }, scope.nodeName());
    }
    const padded = scope.graph.pad2d({ x }, { pads: [top, left, top, left] }, scope.nodeName("pad2d"));
    const pads = [0, 0, bottom - top, right - left] as const;
    return scope.graph.avgPool2d({ x: padded }, { kernel, strides, pads }, scope.nodeName());
  };
}
