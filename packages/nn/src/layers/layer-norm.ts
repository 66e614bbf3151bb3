import { locate, parseAxis, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface LayerNormOptions {
  /** The axis of `features` elements; the last by default, as in PyTorch. A negative one counts from the last. */
  readonly axis?: number;
  /** Added to the variance; 1e-5 by default, as in PyTorch. */
  readonly eps?: number;
}

/**
 * PyTorch's `nn.LayerNorm` over one axis; with `axis: 1`, torchvision's `LayerNorm2d`, which normalises each pixel of
 * `[N, features, H, W]` over its channels. Parameters `weight` and `bias`, both `[features]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function layerNorm(features: number, { axis = -1, eps = 1e-5 }: LayerNormOptions = {}): Module {
  return (scope, x) => {
    const at = locate(scope, "layerNorm");
    const shape = [parseCount(features, "features", at)];
    const attrs = { axis: parseAxis(axis, x, "axis", at), epsilon: eps };
    const scale = scope.parameter("weight", { shape, kind: "scale" });
    const offset = scope.parameter("bias", { shape, kind: "shift" });
    return scope.graph.layerNorm({ x, scale, offset }, attrs, scope.nodeName());
  };
}
