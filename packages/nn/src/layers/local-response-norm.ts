import { checkNoMore, checkOptions, IsoconvError, type KnownOptions } from "@isoconv/core-spec";
import { locate, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface LocalResponseNormOptions {
  /** 1e-4 by default; divided by `size`. */
  readonly alpha?: number;
  /** 0.75 by default. */
  readonly beta?: number;
  /** 1 by default. */
  readonly k?: number;
}

const OPTIONS: KnownOptions<LocalResponseNormOptions> = { known: { alpha: true, beta: true, k: true } };

/**
 * PyTorch's `nn.LocalResponseNorm` over `size` neighbouring channels: `x / (k + alpha/size · Σx²)^beta`.
 *
 * Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks (2012), section 3.3.
 *
 * @throws IsoconvError when called: `UNSUPPORTED` for an even size, whose window PyTorch centres half a channel lower than
 *   ONNX and the operation `lrn`; `INVALID_ATTRIBUTE`
 */
export function localResponseNorm(size: number, options: LocalResponseNormOptions = {}, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "localResponseNorm" });
  checkNoMore(none, { op: "localResponseNorm" });
  const { alpha = 1e-4, beta = 0.75, k = 1 } = options;
  return (scope, x) => {
    const at = locate(scope, "lrn");
    if (parseCount(size, "size", at) % 2 === 0) {
      throw new IsoconvError("UNSUPPORTED", {
        ...at,
        path: "size",
        what: "an even window lies one channel lower in PyTorch than in ONNX",
        expected: "an odd size",
        received: size,
        hint: "Use the operation lrn for ONNX's window",
      });
    }
    return scope.graph.lrn({ x }, { size, alpha, beta, bias: k }, scope.nodeName());
  };
}
