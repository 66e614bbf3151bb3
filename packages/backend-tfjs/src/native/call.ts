import type { Handle } from "./eager.js";

/** The arguments of a TensorFlow.js kernel: its arrays and attributes, each checked when it is read. */
export interface KernelCall {
  /** Every array, for a kernel that takes any number of them. */
  readonly list: readonly Handle[];
  operand(name: string): Handle;
  optional(name: string): Handle | undefined;
  number(name: string): number;
  numbers(name: string): readonly number[];
  flag(name: string): boolean;
  text(name: string): string;
  /** One pair per axis: the padding before and after it. */
  paddings(name: string): readonly (readonly [before: number, after: number])[];
}

export function kernelCall(
  operands: ReadonlyMap<string, Handle>,
  attributes: Readonly<Record<string, unknown>>,
): KernelCall {
  const read = <T>(name: string, is: (value: unknown) => value is T): T => {
    const value = attributes[name];
    if (is(value)) return value;
    throw new Error(`attribute ${name} is missing or of another type`);
  };
  return {
    list: [...operands.values()],
    operand(name) {
      const handle = operands.get(name);
      if (handle === undefined) throw new Error(`operand ${name} is missing`);
      return handle;
    },
    optional: (name) => operands.get(name),
    number: (name) => read(name, isNumber),
    numbers: (name) => read(name, isNumbers),
    flag: (name) => read(name, isFlag),
    text: (name) => read(name, isText),
    paddings: (name) => read(name, isPaddings),
  };
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isText = (value: unknown): value is string => typeof value === "string";
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isNumber);
const isPaddings = (value: unknown): value is readonly (readonly [number, number])[] =>
  Array.isArray(value) && value.every((pair) => isNumbers(pair) && pair.length === 2);
