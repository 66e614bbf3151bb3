import { checkNoMore } from "@isoconv/core-spec";
import { locate, parseAxis } from "../arguments.js";
import type { Module } from "../module.js";

/**
 * PyTorch's `nn.Flatten`: merges all axes from `startDim` on, in C, H, W order; a negative one
 * counts from the last axis.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function flatten(startDim = 1, ...none: never[]): Module {
  checkNoMore(none, { op: "flatten" }, "There is no endDim: all axes from startDim on are merged");
  return (scope, x) =>
    scope.graph.flatten(
      { x },
      { axis: parseAxis(startDim, x, "startDim", locate(scope, "flatten")) },
      scope.nodeName(),
    );
}
