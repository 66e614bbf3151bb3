import { checkNoMore, checkOptions, optionChecks } from "@isoconv/core-spec";
import type { ParameterSpec } from "../parameter.js";
import { fanOutOf, normalWith, uniformWithin, type Initializer } from "./initializer.js";

export interface KaimingOptions {
  /** Negative slope of the leaky ReLU that follows: 0, a plain ReLU, by default. */
  readonly a?: number;
  /** Keep the variance of activations (`fanIn`, the default) or of gradients (`fanOut`). */
  readonly mode?: "fanIn" | "fanOut";
}

/**
 * PyTorch's `init.kaiming_uniform_`: ±√(6 / ((1 + a²) · fan)).
 *
 * He, Zhang, Ren and Sun, Delving deep into rectifiers (2015).
 */
export function kaimingUniform(options: KaimingOptions = {}, ...none: never[]): Initializer {
  checkNoMore(none, { op: "kaimingUniform" });
  const deviation = deviationBy(options, "kaimingUniform");
  return uniformWithin((spec) => Math.sqrt(3) * deviation(spec));
}

/** PyTorch's `init.kaiming_normal_`: standard deviation √(2 / ((1 + a²) · fan)). */
export function kaimingNormal(options: KaimingOptions = {}, ...none: never[]): Initializer {
  checkNoMore(none, { op: "kaimingNormal" });
  const deviation = deviationBy(options, "kaimingNormal");
  return normalWith((spec) => deviation(spec));
}

const MODE = optionChecks.oneOf(["fanIn", "fanOut"]);

function deviationBy(options: KaimingOptions, op: string): (spec: ParameterSpec) => number {
  checkOptions(options, { known: { a: optionChecks.number, mode: MODE } }, { op });
  const { a = 0, mode = "fanIn" } = options;
  return (spec) => Math.sqrt(2 / ((1 + a * a) * (mode === "fanIn" ? spec.fanIn : fanOutOf(spec))));
}
