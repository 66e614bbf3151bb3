import { checkNoMore, checkOptions, known, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { locate, parseCount } from "../arguments.js";
import type { Module } from "../module.js";

export interface LinearOptions {
  /** True by default. */
  readonly bias?: boolean;
}

const OPTIONS: KnownOptions<LinearOptions> = { known: { bias: optionChecks.flag } };

/**
 * PyTorch's `nn.Linear`: `[N, …, in]` → `[N, …, out]`. Parameters `weight` `[out, in]` and `bias` `[out]`.
 *
 * @throws IsoconvError when called, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`
 */
export function linear(inFeatures: number, outFeatures: number, options: LinearOptions = {}, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "linear" });
  checkNoMore(none, { op: "linear" });
  const { bias = true } = options;
  return (scope, x) => {
    const at = locate(scope, "linear");
    const shape = [parseCount(outFeatures, "outFeatures", at), parseCount(inFeatures, "inFeatures", at)];
    const w = scope.parameter("weight", { shape, kind: "weight" });
    const inputs = bias
      ? { x, w, bias: scope.parameter("bias", { shape: [outFeatures], kind: "bias", fanIn: inFeatures }) }
      : { x, w };
    return scope.graph.linear(inputs, {}, scope.nodeName());
  };
}

/** PyTorch's `nn.LazyLinear`: a {@link linear} layer that takes `inFeatures` from its input. */
export function lazyLinear(outFeatures: number, options: LinearOptions = {}, ...none: never[]): Module {
  checkOptions(options, OPTIONS, { op: "lazyLinear" });
  checkNoMore(none, { op: "lazyLinear" });
  return (scope, x) => {
    const at = { ...locate(scope, "linear"), path: "inputs.x" };
    return linear(known(x.shape.at(-1) ?? "N", at, "the feature axis"), outFeatures, options)(scope, x);
  };
}
