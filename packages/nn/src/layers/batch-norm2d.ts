import { checkNoMore, checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { locate, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface BatchNorm2dOptions {
  /** Added to the variance; 1e-5 by default, as in PyTorch. */
  readonly eps?: number;
  /** Whether to scale and shift; true by default. */
  readonly affine?: boolean;
}

const OPTIONS: KnownOptions<BatchNorm2dOptions> = {
  known: { eps: true, affine: optionChecks.flag },
  unsupported: {
    momentum: "The layer is in evaluation mode, which updates no statistics",
    trackRunningStats: "The layer is in evaluation mode, with stored statistics",
  },
};

/**
 * PyTorch's `nn.BatchNorm2d` in evaluation mode: `[N, features, H, W]` → the same shape. Parameters `weight` and `bias`,
 * buffers `running_mean` and `running_var`, all `[features]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function batchNorm2d(features: number, options: BatchNorm2dOptions = {}, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "batchNorm2d" });
  checkNoMore(none, { op: "batchNorm2d" });
  const { eps = 1e-5, affine = true } = options;
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
