import { locate, parsePair, type PairLike } from "../arguments.js";
import type { Module } from "../module.js";

export interface UpsampleOptions {
  /** A whole factor for both axes, or for each. */
  readonly scaleFactor: PairLike;
}

/**
 * PyTorch's `nn.Upsample` with `mode="nearest"`: `[N, C, H, W]` → `[N, C, H·f, W·f]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function upsample({ scaleFactor }: UpsampleOptions): Module {
  return (scope, x) => {
    const scales = parsePair(scaleFactor, "scaleFactor", 1, locate(scope, "upsample"));
    return scope.graph.upsample({ x }, { scales }, scope.nodeName());
  };
}
