import type { AttrsInput, OpName } from "@isoconv/core-spec";
import { oneOpNetwork, type Fill } from "@isoconv/judge";
import { interspersed, NON_FINITE } from "../../ops/fills.js";
import type { SpecialCase } from "./special-case.js";

/** Long sums with special values, numbers beyond the halves of exponents, and averages whose factor is inexact. Full alone has them. */
export function longCases(op: OpName): readonly SpecialCase[] {
  switch (op) {
    case "conv2d":
      return [spoilt(op, { x: [2, TERMS / 4, 5, 17], w: [3, TERMS / 4, 2, 2] })];
    case "convTranspose2d":
      return [spoilt(op, { x: [2, TERMS, 5, 17], w: [TERMS, 3, 1, 1] })];
    case "linear":
      return [spoilt(op, { x: [67, TERMS], w: [7, TERMS] })];
    case "lrn":
      return [nearOverflow];
    case "mean":
      return COUNTS.map((count) => average(op, count, { x: [3, count] }, { axes: [1] }));
    case "globalAvgPool2d":
      return COUNTS.map((count) => average(op, count, { x: [2, 3, 1, count] }, {}));
    case "adaptiveAvgPool2d":
      return COUNTS.map((count) => average(op, count, { x: [2, 3, count, 1] }, { outputSize: [1, 1] }));
    case "avgPool2d":
      return COUNTS.map((count) => average(op, count, { x: [2, 3, 1, count + 2] }, { kernel: [1, count] }));
    default:
      return [];
  }
}

/** The terms of a sum: more than vectors, tiles and splits of sums are known to have. */
const TERMS = 4 * 1031;

/** NaN and ∞ reach all results, so that a result that loses them shows in whatever lane it is. */
function spoilt(op: OpName, shapes: Readonly<Record<string, readonly number[]>>): SpecialCase {
  const x = interspersed({ kind: "uniform", low: -1, high: 1 }, NON_FINITE, 211);
  return { name: "many-terms", network: (id) => oneOpNetwork(id, op, shapes, {}, { fills: { x } }) };
}

/** Elements whose square is a float32 and whose double's square is not; windows have one of them at most. */
const nearOverflow: SpecialCase = {
  name: "near-overflow",
  network: (id) => {
    const x = interspersed(
      { kind: "uniform", low: -1, high: 1 },
      [1.25 * 2 ** 63, -1.75 * 2 ** 62, 1.5 * 2 ** 62],
      211,
    );
    return oneOpNetwork(id, "lrn", { x: [3, 65, 4, 4] }, { size: 5 }, { fills: { x } });
  },
};

/**
 * Elements averaged: so few that the bound, which grows with them, is below the error of a factor 1/n that is rounded to 13
 * bits. Some n are lucky.
 */
const COUNTS = [337, 347, 383, 421, 479, 541, 613, 701] as const;

/** Averages of numbers of both signs are near 0, which hides a factor. */
function average<K extends OpName>(
  op: K,
  count: number,
  shapes: Readonly<Record<string, readonly number[]>>,
  attrs: AttrsInput<K>,
): SpecialCase {
  const x: Fill = { kind: "uniform", low: 1, high: 2 };
  return { name: `positive-over-${count}`, network: (id) => oneOpNetwork(id, op, shapes, attrs, { fills: { x } }) };
}
