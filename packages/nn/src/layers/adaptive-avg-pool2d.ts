import { checkNoMore } from "@isoconv/core-spec";
import { imageSize, locate, parsePair } from "../arguments.js";
import type { Module } from "../module.js";

/** One number for both axes, or `[height, width]`; `null` keeps the input's extent. */
export type AdaptiveOutputSize = number | readonly [height: number | null, width: number | null];

/**
 * PyTorch's `nn.AdaptiveAvgPool2d`: `[N, C, H, W]` → `[N, C, …outputSize]`. An output of 1×1 becomes the global pool,
 * which every runtime has.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function adaptiveAvgPool2d(outputSize: AdaptiveOutputSize, ...none: never[]): Module {
  checkNoMore(none, { op: "adaptiveAvgPool2d" });
  return (scope, x) => {
    const at = locate(scope, "adaptiveAvgPool2d");
    const [height, width] = imageSize(x, at);
    const requested = Array.isArray(outputSize)
      ? ([outputSize[0] ?? height, outputSize[1] ?? width] as const)
      : outputSize;
    const size = parsePair(requested, "outputSize", 1, at);
    return size.every((extent) => extent === 1)
      ? scope.graph.globalAvgPool2d({ x }, {}, scope.nodeName())
      : scope.graph.adaptiveAvgPool2d({ x }, { outputSize: size }, scope.nodeName());
  };
}
