import type { KernelInputs } from "./runtime.js";

/** The arguments of a TensorFlow.js kernel: its arrays and attributes, each checked when it is read. */
export interface KernelCall<A> {
  /** Every array, for a kernel that takes any number of them. */
  readonly list: readonly A[];
  operand(name: string): A;
  optional(name: string): A | undefined;
  number(name: string): number;
  numbers(name: string): readonly number[];
  flag(name: string): boolean;
  text(name: string): string;
  /** One pair per axis: the padding before and after it. */
  paddings(name: string): readonly (readonly [before: number, after: number])[];
}

export function kernelCall<A>(
  operands: ReadonlyMap<string, A>,
  attributes: Readonly<Record<string, unknown>>,
): KernelCall<A> {
  const read = <T>(name: string, is: (value: unknown) => value is T): T => {
    const value = attributes[name];
    if (is(value)) return value;
    throw new Error(`attribute ${name} is missing or of another type`);
  };
  return {
    list: [...operands.values()],
    operand(name) {
      const array = operands.get(name);
      if (array === undefined) throw new Error(`operand ${name} is missing`);
      return array;
    },
    optional: (name) => operands.get(name),
    number: (name) => read(name, isNumber),
    numbers: (name) => read(name, isNumbers),
    flag: (name) => read(name, isFlag),
    text: (name) => read(name, isText),
    paddings: (name) => read(name, isPaddings),
  };
}

/** The arrays that are present, by name or by their place in the list, in a runtime's own form. */
export function operandsOf<A>(
  inputs: KernelInputs,
  arrayOf: (dataId: object, shape: number[]) => A,
): ReadonlyMap<string, A> {
  const operands = new Map<string, A>();
  for (const [name, array] of Object.entries(inputs)) {
    if (array !== undefined) operands.set(name, arrayOf(array.dataId, array.shape));
  }
  return operands;
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isText = (value: unknown): value is string => typeof value === "string";
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isNumber);
const isPaddings = (value: unknown): value is readonly (readonly [number, number])[] =>
  Array.isArray(value) && value.every((pair) => isNumbers(pair) && pair.length === 2);
