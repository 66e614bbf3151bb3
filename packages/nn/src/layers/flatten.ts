import type { Module } from "../module.js";

/**
 * PyTorch's `nn.Flatten`: merges all axes from `startDim` on, in C, H, W order.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function flatten(startDim = 1): Module {
  return (scope, x) => scope.graph.flatten({ x }, { axis: startDim }, scope.nodeName());
}
