import { checkNoMore, checkOptions, optionChecks } from "@isoconv/core-spec";
import type { ParameterSpec } from "../parameter.js";
import { fanOutOf, normalWith, uniformWithin, type Initializer } from "./initializer.js";

export interface XavierOptions {
  /** 1 by default. */
  readonly gain?: number;
}

/**
 * PyTorch's `init.xavier_uniform_`: ±gain · √(6 / (fanIn + fanOut)).
 *
 * Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
 */
export function xavierUniform(options: XavierOptions = {}, ...none: never[]): Initializer {
  checkNoMore(none, { op: "xavierUniform" });
  const deviation = deviationBy(options, "xavierUniform");
  return uniformWithin((spec) => Math.sqrt(3) * deviation(spec));
}

/** PyTorch's `init.xavier_normal_`: standard deviation gain · √(2 / (fanIn + fanOut)). */
export function xavierNormal(options: XavierOptions = {}, ...none: never[]): Initializer {
  checkNoMore(none, { op: "xavierNormal" });
  const deviation = deviationBy(options, "xavierNormal");
  return normalWith((spec) => deviation(spec));
}

function deviationBy(options: XavierOptions, op: string): (spec: ParameterSpec) => number {
  checkOptions(options, { known: { gain: optionChecks.number } }, { op });
  const { gain = 1 } = options;
  return (spec) => gain * Math.sqrt(2 / (spec.fanIn + fanOutOf(spec)));
}
