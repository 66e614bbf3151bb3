import { opNames, type OpName } from "@isoconv/core-spec";
import { mapElements, type HostArray } from "@isoconv/conformance/faults";
import type { Fill } from "@isoconv/judge";
import type { Call } from "../call.js";
import type { Operands, RightKernel } from "../spoiled.js";
import type { Stream } from "../stream.js";

/** What goes wrong with numbers, in every call or in those from an extent on. */
export interface NumericEffect {
  readonly what: string;
  readonly ops: readonly OpName[];
  readonly apply: (operands: Operands, right: RightKernel, call: Call) => HostArray;
  /** Data of the main operands that show it. */
  readonly fill: Fill;
}

/** Draws an effect for one of its operations. */
export type DrawEffect = (stream: Stream) => NumericEffect;

/** The result with elements changed. */
export function onResult(change: (value: number, index: number) => number): NumericEffect["apply"] {
  return (operands, right) => mapElements(right(operands), change);
}

/** The main operand with elements changed: `x`, or `a` of a binary operation. */
export function onOperand(change: (value: number, index: number) => number): NumericEffect["apply"] {
  return (operands, right) => {
    const key = operands["x"] === undefined ? "a" : "x";
    const main = operands[key];
    return right(main !== undefined && "data" in main ? { ...operands, [key]: mapElements(main, change) } : operands);
  };
}

/** The operations that compute: all but those that move data. */
export const computing: readonly OpName[] = opNames.filter(
  (op) => !["concat", "slice", "reshape", "flatten", "transpose", "pad2d", "upsample", "dropout"].includes(op),
);
