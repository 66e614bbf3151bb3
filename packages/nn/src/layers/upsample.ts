import { checkNoMore, checkOptions, type KnownOptions } from "@isoconv/core-spec";
import { locate, parsePair, type PairLike } from "../arguments.js";
import type { Module } from "../module.js";

export interface UpsampleOptions {
  /** A whole factor for both axes, or for each. */
  readonly scaleFactor: PairLike;
}

const OPTIONS: KnownOptions<UpsampleOptions> = {
  known: { scaleFactor: true },
  unsupported: {
    mode: "The mode is nearest",
    size: "Give a whole scaleFactor",
    alignCorners: "The mode is nearest, which aligns no corners",
  },
};

/**
 * PyTorch's `nn.Upsample` with `mode="nearest"`: `[N, C, H, W]` → `[N, C, H·f, W·f]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE`
 */
export function upsample(options: UpsampleOptions, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "upsample" });
  checkNoMore(none, { op: "upsample" });
  return (scope, x) => {
    const scales = parsePair(options.scaleFactor, "scaleFactor", 1, locate(scope, "upsample"));
    return scope.graph.upsample({ x }, { scales }, scope.nodeName());
  };
}
