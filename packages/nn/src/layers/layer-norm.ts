import { checkNoMore, checkOptions, type KnownOptions } from "@isoconv/core-spec";
import { locate, parseAxis, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface LayerNormOptions {
  /** The axis of `features` elements; the last by default, as in PyTorch. A negative one counts from the last. */
  readonly axis?: number;
  /** Added to the variance; 1e-5 by default, as in PyTorch. */
  readonly eps?: number;
}

const OPTIONS: KnownOptions<LayerNormOptions> = {
  known: { axis: true, eps: true },
  unsupported: {
    elementwiseAffine: "The layer has scale and offset",
    bias: "The layer has scale and offset",
  },
};

/**
 * PyTorch's `nn.LayerNorm` over one axis; with `axis: 1`, torchvision's `LayerNorm2d`, which normalises each pixel of
 * `[N, features, H, W]` over its channels. Parameters `weight` and `bias`, both `[features]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function layerNorm(features: number, options: LayerNormOptions = {}, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "layerNorm" });
  checkNoMore(none, { op: "layerNorm" });
  const { axis = -1, eps = 1e-5 } = options;
  return (scope, x) => {
    const at = locate(scope, "layerNorm");
    const shape = [parseCount(features, "features", at)];
    const attrs = { axis: parseAxis(axis, x, "axis", at), epsilon: eps };
    const scale = scope.parameter("weight", { shape, kind: "scale" });
    const offset = scope.parameter("bias", { shape, kind: "shift" });
    return scope.graph.layerNorm({ x, scale, offset }, attrs, scope.nodeName());
  };
}
