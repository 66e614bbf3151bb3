import type { AnyInputs, AttributeValue, Shape } from "@isoconv/core-spec";
import type { Fill } from "@isoconv/judge";
import type { OpAxes } from "../families/matrix/axes.js";
import type { Choose } from "../families/property/choose.js";
import type { DrawnWindow } from "../families/property/draw-window.js";
import type { Sketch, SketchValue } from "../families/property/sketch.js";

/** The data for one operation's cases that the registry does not have. Every member has a default. */
export interface OpCases {
  /** The axes of matrix and exact; by default the shape of the one operand. */
  readonly axes?: OpAxes;
  /** Special values of this operation; by default those that saturate an activation. */
  readonly special?: readonly SpecialValues[];
  /** Invalid calls besides those with a wrong operand or attribute, which come from the registry. */
  readonly misfits?: readonly Misfit[];
  /** How random graphs draw it. */
  readonly random?: RandomUse;
}

/** One application on special values. */
export interface SpecialValues {
  readonly name: string;
  readonly shapes: Readonly<Record<string, Shape | readonly Shape[]>>;
  /** The values by operand; other operands have ordinary values. */
  readonly fills: Readonly<Record<string, Fill>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/** Changes of the operation's example: attributes and shapes that are valid alone but do not fit together. */
export interface Misfit {
  readonly name: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly shapes?: Readonly<Record<string, Shape>>;
}

export type RandomAttributes = Readonly<Record<string, AttributeValue>>;

/** How an operation is drawn for a random graph. */
export interface RandomUse {
  /** Attributes that depend on the operand; by default each is drawn separately. */
  readonly attributes?: (x: Shape, window: DrawnWindow, choose: Choose) => RandomAttributes;
  /** Draws all operands; by default the main one as `x`. */
  readonly operands?: (main: SketchValue, draw: OperandDraw) => AnyInputs<SketchValue>;
  /** An upper limit of the result's elements; by default the largest of the operands' `limits`, at least 1. */
  readonly limit?: (limits: readonly number[], operands: AnyInputs<SketchValue>, attrs: RandomAttributes) => number;
}

/** The input for drawing operands. */
export interface OperandDraw {
  readonly attrs: RandomAttributes;
  readonly window: DrawnWindow;
  readonly sketch: Sketch;
  readonly choose: Choose;
  /** A new parameter with elements of at most 1. */
  readonly parameter: (stem: string, shape: Shape) => SketchValue;
  /** A new parameter as an optional operand, or nothing. */
  readonly maybe: (stem: string, shape: Shape) => Readonly<Record<string, SketchValue>>;
}

/** A row of {@link OpCases.special}. */
export function special(
  name: string,
  shapes: SpecialValues["shapes"],
  fills: SpecialValues["fills"],
  attrs: Readonly<Record<string, unknown>> = {},
): SpecialValues {
  return { name, shapes, fills, attrs };
}

/** An axis that an example of rank 4 does not have. */
export const axisOutside: Misfit = { name: "axis-outside", attrs: { axis: 4 } };

/** The shape of an operand that is a single value. */
export function shapeOfOperand(operands: AnyInputs<SketchValue>, name: string): Shape {
  const operand = operands[name];
  return operand !== undefined && "shape" in operand ? operand.shape : [];
}

/** 1 to `last`. */
export function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
