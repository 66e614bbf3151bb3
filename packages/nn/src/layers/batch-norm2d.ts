import { locate, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface BatchNorm2dOptions {
  /** Added to the variance; 1e-5 by default, as in PyTorch. */
  readonly eps?: number;
  /** Whether to scale and shift; true by default. */
  readonly affine?: boolean;
}

/**
 * PyTorch's `nn.BatchNorm2d` in evaluation mode: `[N, features, H, W]` → the same shape. Parameters `weight` and `bias`,
 * buffers `running_mean` and `running_var`, all `[features]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function batchNorm2d(features: number, { eps = 1e-5, affine = true }: BatchNorm2dOptions = {}): Module {
  return (scope, x) => {
    const shape = [parseCount(features, "features", locate(scope, "batchNorm"))];
    // In the order of PyTorch's state_dict.
    const affineInputs = affine
      ? {
          scale: scope.parameter("weight", { shape, kind: "scale" }),
          offset: scope.parameter("bias", { shape, kind: "shift" }),
        }
      : {};
    const statistics = {
      mean: scope.parameter("running_mean", { shape, kind: "runningMean" }),
      variance: scope.parameter("running_var", { shape, kind: "runningVar" }),
    };
    return scope.graph.batchNorm({ x, ...statistics, ...affineInputs }, { epsilon: eps }, scope.nodeName());
  };
}
