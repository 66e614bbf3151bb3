import { mapOperands, type AnyInputs, type ConcreteShape, type OpName } from "@isoconv/core-spec";

/** One call of a kernel, without its data. */
export interface Call {
  readonly op: OpName;
  /** The shapes of the operands; those of a list are together. */
  readonly operands: AnyInputs<ConcreteShape>;
  readonly attrs: Readonly<Record<string, unknown>>;
  /** The shape of the result. */
  readonly shape: ConcreteShape;
}

export function callOf(
  op: OpName,
  inputs: AnyInputs<{ readonly shape: ConcreteShape }>,
  attrs: object,
  shape: ConcreteShape,
): Call {
  return { op, operands: mapOperands(inputs, (value) => value.shape), attrs: { ...attrs }, shape };
}

/** The shape of an operand, or of the first of a list. */
export function operandOf({ operands }: Call, name: string): ConcreteShape | undefined {
  const operand = operands[name];
  return operand === undefined || !isList(operand) ? operand : operand[0];
}

/** The first operand: the one that flows through a network. */
export function mainOperand({ operands }: Call): ConcreteShape {
  const [first = []] = Object.values(operands).flatMap((operand) =>
    operand === undefined ? [] : isList(operand) ? operand : [operand],
  );
  return first;
}

/** The shapes of an operand that is a list. */
export function operandList({ operands }: Call, name: string): readonly ConcreteShape[] {
  const operand = operands[name];
  return operand !== undefined && isList(operand) ? operand : [];
}

function isList(operand: ConcreteShape | readonly ConcreteShape[]): operand is readonly ConcreteShape[] {
  return Array.isArray(operand[0]);
}

/** A number of an attribute, or its largest if it is a list. */
export function attribute({ attrs }: Call, name: string): number | undefined {
  const value = attrs[name];
  if (typeof value === "number") return value;
  return isNumbers(value) && value.length > 0 ? Math.max(...value) : undefined;
}

/** An attribute that is a list of numbers. */
export function attributeList({ attrs }: Call, name: string): readonly number[] {
  const value = attrs[name];
  return isNumbers(value) ? value : [];
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}
