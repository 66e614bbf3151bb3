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
export function xavierUniform(options: XavierOptions = {}): Initializer {
  return uniformWithin((spec) => Math.sqrt(3) * deviation(spec, options));
}

/** PyTorch's `init.xavier_normal_`: standard deviation gain · √(2 / (fanIn + fanOut)). */
export function xavierNormal(options: XavierOptions = {}): Initializer {
  return normalWith((spec) => deviation(spec, options));
}

function deviation(spec: ParameterSpec, { gain = 1 }: XavierOptions): number {
  return gain * Math.sqrt(2 / (spec.fanIn + fanOutOf(spec)));
}
