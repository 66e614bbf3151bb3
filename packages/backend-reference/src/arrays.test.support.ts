import { elementCount, uniform, type ConcreteShape } from "@isoconv/core-spec";
import { expect } from "vitest";
import type { OracleArray } from "./oracle-array.js";

/** An array with the given elements. */
export function array(shape: ConcreteShape, values: readonly number[]): OracleArray {
  return { shape, value: Float64Array.from(values) };
}

/** Elements in [-1, 1) that depend only on the name. */
export function random(name: string, shape: ConcreteShape, low = -1, high = 1): OracleArray {
  return { shape, value: Float64Array.from(uniform(1, name, elementCount(shape), low, high)) };
}

/** 1, 2, 3, … */
export function counting(shape: ConcreteShape): OracleArray {
  return { shape, value: Float64Array.from({ length: elementCount(shape) }, (_, k) => k + 1) };
}

/** The values of an array as a list, for comparisons. */
export function values(y: OracleArray): readonly number[] {
  return [...y.value];
}

/** The magnitudes of an array; empty where the operation defines none. */
export function magnitudes(y: OracleArray): readonly number[] {
  return [...(y.magnitude ?? [])];
}

/** `Σ_k a[k] · b[k]` */
export function innerProduct(a: OracleArray, b: OracleArray): number {
  return a.value.reduce((sum, element, k) => sum + element * b.value[k], 0);
}

/** The largest `|a − b|` over all elements, in units of `scale`. */
export function largestDifference(a: Float64Array, b: Float64Array, scale: Float64Array): number {
  return a.reduce((worst, element, k) => Math.max(worst, Math.abs(element - b[k]) / (scale[k] || 1)), 0);
}

/** Expects each number to be equal to so many decimals; NaN equals NaN. */
export function near(expected: readonly number[], decimals = 14): readonly unknown[] {
  return expected.map((number): unknown => (Number.isNaN(number) ? number : expect.closeTo(number, decimals)));
}
