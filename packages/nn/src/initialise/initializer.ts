import { checkNoMore, elementCount, normal, uniform } from "@isoconv/core-spec";
import type { ParameterSpec } from "../parameter.js";

/**
 * The initial values of one parameter. They depend only on seed, name and index, so they are the same on every machine,
 * in any order, regardless of the network's other parameters.
 */
export type Initializer = (spec: ParameterSpec, seed: number) => Float32Array;

/** The same value for every element. */
export function constant(value: number, ...none: never[]): Initializer {
  checkNoMore(none, { op: "constant" });
  return ({ shape }) => new Float32Array(elementCount(shape)).fill(value);
}

/** The value that the layer names, or `otherwise`. */
export function initialOr(otherwise: number, ...none: never[]): Initializer {
  checkNoMore(none, { op: "initialOr" });
  return (spec, seed) => constant((spec.kind === "constant" ? undefined : spec.initial) ?? otherwise)(spec, seed);
}

/** Uniform in `[low, high)`. */
export function uniformIn(low: number, high: number, ...none: never[]): Initializer {
  checkNoMore(none, { op: "uniformIn" });
  return ({ name, shape }, seed) => uniform(seed, name, elementCount(shape), low, high);
}

/** Uniform in `±bound(spec)`. */
export function uniformWithin(bound: (spec: ParameterSpec) => number, ...none: never[]): Initializer {
  checkNoMore(none, { op: "uniformWithin" });
  return (spec, seed) => uniformIn(-bound(spec), bound(spec))(spec, seed);
}

/** Normal with mean 0 and the given standard deviation. */
export function normalWith(deviation: (spec: ParameterSpec) => number, ...none: never[]): Initializer {
  checkNoMore(none, { op: "normalWith" });
  return (spec, seed) => normal(seed, spec.name, elementCount(spec.shape), 0, deviation(spec));
}

/** −1 or 1, equally likely. */
export function randomSigns(...none: never[]): Initializer {
  checkNoMore(none, { op: "randomSigns" });
  const draw = uniformIn(-1, 1);
  return (spec, seed) => draw(spec, seed).map((value) => (value < 0 ? -1 : 1));
}

/** The number of outputs that each input feeds, by PyTorch's convention: `shape[0]` × kernel elements. */
export function fanOutOf({ shape }: ParameterSpec): number {
  return elementCount([shape[0] ?? 1, ...shape.slice(2)]);
}
