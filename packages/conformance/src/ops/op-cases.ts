import type { AnyInputs, AttributeValue, Shape } from "@isoconv/core-spec";
import type { Fill } from "@isoconv/judge";
import type { OpAxes } from "../families/matrix/axes.js";
import type { Choose } from "../families/property/choose.js";
import type { DrawnWindow } from "../families/property/draw-window.js";
import type { Sketch, SketchValue } from "../families/property/sketch.js";

/** What the cases of one operation need beyond what the registry says of it; whatever is left out has a default. */
export interface OpCases {
  /** What matrix and exact vary; by default the shape of the one operand. */
  readonly axes?: OpAxes;
  /** Values that matter to this operation; by default those that saturate an activation. */
  readonly special?: readonly SpecialValues[];
  /** Calls that are refused; by default those with a wrong operand or a wrong attribute, which the registry gives. */
  readonly misfits?: readonly Misfit[];
  /** How random graphs use it. */
  readonly random?: RandomUse;
}

/** One application on values that the registry's example would not have. */
export interface SpecialValues {
  readonly name: string;
  readonly shapes: Readonly<Record<string, Shape | readonly Shape[]>>;
  /** By operand; the others are ordinary. */
  readonly fills: Readonly<Record<string, Fill>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/** Attributes and shapes valid one by one, that do not fit together: changes of the operation's example. */
export interface Misfit {
  readonly name: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly shapes?: Readonly<Record<string, Shape>>;
}

export type RandomAttributes = Readonly<Record<string, AttributeValue>>;

/** How an operation is drawn for a random graph. */
export interface RandomUse {
  /** Attributes that only make sense together with the operand; by default each is drawn by itself. */
  readonly attributes?: (x: Shape, window: DrawnWindow, choose: Choose) => RandomAttributes;
  /** Every operand; by default the main one as `x`. */
  readonly operands?: (main: SketchValue, draw: OperandDraw) => AnyInputs<SketchValue>;
  /** A bound on the result's elements; by default the operands' largest, 1 at least. `limits` are the operands'. */
  readonly limit?: (limits: readonly number[], operands: AnyInputs<SketchValue>, attrs: RandomAttributes) => number;
}

/** What operands are drawn from. */
export interface OperandDraw {
  readonly attrs: RandomAttributes;
  readonly window: DrawnWindow;
  readonly sketch: Sketch;
  readonly choose: Choose;
  /** A new parameter, none of whose elements is larger than 1. */
  readonly parameter: (stem: string, shape: Shape) => SketchValue;
  /** The same as an operand that may be left out. */
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

/** An axis that an example of four has not. */
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
