import type { AccuracyRule } from "./accuracy.js";
import type { AxisField } from "./analysis/axis-field.js";
import type { AttributeInput, AttributeSchema, AttributeValue, AttributeValues } from "./attribute.js";
import { IsoconvError, type Location } from "./error.js";
import type { OperandSchema, OperandShapes, OperandValues } from "./operand.js";
import { formatShape, type ConcreteShape, type Dim, type Shape } from "./shape.js";

/** A kind of operation, by which documentation and reports group them. */
export type OpFamily =
  "convolution" | "pooling" | "normalisation" | "dense" | "elementwise" | "activation" | "movement" | "reduction";

/** The treatment of NaN, ∞ and negative zero. */
export interface SpecialValues {
  /**
   * `moved`: copied bit for bit. `propagates`: a NaN among the contributing inputs gives NaN. `selects`: a NaN in the
   * window gives NaN, and ∞ takes part in the comparison.
   */
  readonly nan: "moved" | "propagates" | "selects";
  /** Whether the sign of a zero result is defined. */
  readonly signedZero: "kept" | "free";
}

/**
 * The definition of one operation, the same for every backend. Types, builder methods, validation, documentation and
 * conformance cases are all derived from it.
 */
export interface OpDefinition<
  Name extends string = string,
  I extends OperandSchema = OperandSchema,
  A extends AttributeSchema = AttributeSchema,
> {
  readonly name: Name;
  readonly family: OpFamily;
  readonly inputs: I;
  readonly attrs: A;
  readonly special: SpecialValues;
  /**
   * The output shape.
   * @throws IsoconvError `INVALID_SHAPE` or `INVALID_ATTRIBUTE`
   */
  infer(shapes: OperandShapes<I>, attrs: AttributeValues<A>, at: Location): Shape;
  /**
   * Whether small integers give the exact result in every arithmetic class and any order of sums. Sums and products of them
   * do, a mean does where it divides by a power of two; roots, exponentials and decimal constants round.
   */
  exactOnIntegers(shapes: OperandShapes<I>, attrs: AttributeValues<A>): boolean;
  /**
   * The receptive field of the result's elements along one axis of the image, from the operands'. `x` for an operation that
   * leaves its elements where they are.
   */
  receptiveField(
    fields: OperandValues<I, AxisField>,
    shapes: OperandShapes<I>,
    attrs: AttributeValues<A>,
    output: Shape,
  ): AxisField;
  /** Multiply-adds of convolutions and linear layers, the convention of published tables; 0 elsewhere. */
  macs?(shapes: OperandShapes<I>, attrs: AttributeValues<A>, output: ConcreteShape): number;
  accuracy(shapes: OperandShapes<I>, attrs: AttributeValues<A>, output: ConcreteShape): AccuracyRule;
}

/** Operands of any operation: values, lists of values, or gaps, by name. */
export type AnyInputs<V> = Readonly<Record<string, V | readonly V[] | undefined>>;
/** Attributes of any operation. */
export type AnyAttrs = Readonly<Record<string, AttributeValue>>;

/** An operation seen without its particular types, for code that walks the registry. */
export interface AnyOp extends Omit<
  OpDefinition,
  "infer" | "exactOnIntegers" | "receptiveField" | "macs" | "accuracy"
> {
  infer(shapes: AnyInputs<Shape>, attrs: AnyAttrs, at: Location): Shape;
  exactOnIntegers(shapes: AnyInputs<Shape>, attrs: AnyAttrs): boolean;
  receptiveField(fields: AnyInputs<AxisField>, shapes: AnyInputs<Shape>, attrs: AnyAttrs, output: Shape): AxisField;
  macs?(shapes: AnyInputs<Shape>, attrs: AnyAttrs, output: ConcreteShape): number;
  accuracy(shapes: AnyInputs<Shape>, attrs: AnyAttrs, output: ConcreteShape): AccuracyRule;
}

/** What the documentation says of one operation, of the definition `D`. */
export interface OpDoc<D extends { readonly inputs: object; readonly attrs: object }> {
  readonly summary: string;
  /** The result as a formula. */
  readonly formula: string;
  /** Decisions that a reader would otherwise have to guess. */
  readonly notes: readonly string[];
  /** The meaning of each operand. */
  readonly inputs: { readonly [K in keyof D["inputs"]]: string };
  /** The meaning of each attribute. */
  readonly attrs: { readonly [K in keyof D["attrs"]]: string };
  /** One small, valid application: the shapes of its operands, and attributes. Used wherever an operation is tried once. */
  readonly example: { readonly inputs: OperandValues<D["inputs"], Shape>; readonly attrs: AttributeInput<D["attrs"]> };
  /** A description of the oracle's magnitude `M` for this operation; absent when no bound uses it. */
  readonly magnitude?: string;
  /** The bracket of a `rounded` rule, where `K` is `accumulationGrowth`; absent otherwise. */
  readonly bound?: string;
}

/** The documentation of an operation seen without its particular types. */
export interface AnyOpDoc extends Omit<OpDoc<AnyOp>, "inputs" | "attrs" | "example"> {
  readonly inputs: Readonly<Record<string, string>>;
  readonly attrs: Readonly<Record<string, string>>;
  readonly example: { readonly inputs: AnyInputs<Shape>; readonly attrs: Readonly<Record<string, unknown>> };
}

/** Declares an operation. It returns its argument, frozen; the generics make TypeScript infer the types. */
export function defineOp<const Name extends string, const I extends OperandSchema, const A extends AttributeSchema>(
  definition: OpDefinition<Name, I, A>,
): OpDefinition<Name, I, A> {
  return Object.freeze(definition);
}

/** Refuses shapes that do not fit together. */
export function shapeError(
  at: Location,
  what: string,
  expected: string,
  received: unknown,
  hint?: string,
): IsoconvError {
  return new IsoconvError("INVALID_SHAPE", {
    ...at,
    what,
    expected,
    received,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** An extent whose value must be known; the batch of a bound graph is always known. */
export function known(extent: Dim, at: Location, what: string): number {
  if (extent === "N") throw shapeError(at, `${what} needs a known extent`, "a number", "N");
  return extent;
}

/** Refuses an axis outside the rank. */
export function checkAxis(axis: number, shape: Shape, path: string, at: Location): void {
  if (axis < shape.length) return;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    ...at,
    path,
    what: "axis outside the operand",
    expected: `an axis of ${formatShape(shape)}`,
    received: axis,
  });
}
