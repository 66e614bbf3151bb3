import { listOperands, type AnyInputs, type OpName } from "@isoconv/core-spec";
import { casesOf } from "../../ops/index.js";
import type { RandomAttributes } from "../../ops/op-cases.js";
import type { SketchValue } from "./sketch.js";

/** Half precision overflows at 65504. */
export const LARGEST_LIMIT = 10_000;

/**
 * An upper limit of the result's elements, from those of the operands. Random graphs stay far from overflow, so that
 * ∞ − ∞ does not occur.
 */
export function limitOf(op: OpName, operands: AnyInputs<SketchValue>, attrs: RandomAttributes): number {
  const limits = listOperands(operands).map(({ limit }) => limit);
  return casesOf(op).random.limit?.(limits, operands, attrs) ?? Math.max(...limits, 1);
}
