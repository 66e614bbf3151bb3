import type { AttributeInput, AttributeValues } from "./attribute.js";
import type { AnyInputs, AnyOp } from "./op.js";
import type { OperandValues } from "./operand.js";
import { ops } from "./ops/index.js";

/** The registry's type; all other types here derive from it. */
export type Ops = typeof ops;
/** The name of an operation. */
export type OpName = keyof Ops;

/** What a caller writes for an operation: attributes with a default may be left out. */
export type AttrsInput<K extends OpName> = AttributeInput<Ops[K]["attrs"]>;
/** What a kernel receives: every attribute present and validated. */
export type Attrs<K extends OpName> = AttributeValues<Ops[K]["attrs"]>;
/** An operation's operands by name, each of type `V`. */
export type Inputs<K extends OpName, V> = OperandValues<Ops[K]["inputs"], V>;

/** Every operation in the order of the registry. */
export const opNames: readonly OpName[] = Object.freeze(Object.keys(ops) as OpName[]);

/** Whether `name` is an operation of the registry. */
export function isOpName(name: unknown): name is OpName {
  return typeof name === "string" && Object.hasOwn(ops, name);
}

/** The registry entry of an operation. */
export function definitionOf(name: OpName): AnyOp {
  return ops[name];
}

/** Applies `transform` to each operand, keeping names, lists and gaps. */
export function mapOperands<V, W>(inputs: AnyInputs<V>, transform: (value: V, path: string) => W): AnyInputs<W> {
  return mapEach(inputs, (operand, name) =>
    isList(operand)
      ? Array.from(operand, (value, index) => transform(value, `inputs.${name}[${index}]`))
      : transform(operand, `inputs.${name}`),
  );
}

/** `mapOperands` for the operands of one known operation. Every node of every run passes here: no paths are written. */
export function mapInputs<K extends OpName, V>(inputs: Inputs<K, string>, valueOf: (name: string) => V): Inputs<K, V> {
  const map = (operand: string | readonly string[]): V | readonly V[] =>
    isList(operand) ? operand.map((name) => valueOf(name)) : valueOf(operand);
  return mapEach<string, V>(inputs, map) as Inputs<K, V>;
}

function mapEach<V, W>(
  inputs: AnyInputs<V>,
  map: (operand: V | readonly V[], name: string) => W | readonly W[],
): AnyInputs<W> {
  const mapped: (readonly [string, W | readonly W[]])[] = [];
  for (const [name, operand] of Object.entries(inputs)) {
    if (operand !== undefined) mapped.push([name, map(operand, name)]);
  }
  // Object.fromEntries keeps a hostile "__proto__" as an ordinary key, which is then refused by name like any other.
  return Object.fromEntries(mapped);
}

/** Every operand of a node in the order of the registry, lists spread. */
export function listOperands<V>(inputs: AnyInputs<V>): readonly V[] {
  return Object.values(inputs).flatMap((operand) =>
    operand === undefined ? [] : isList(operand) ? operand : [operand],
  );
}

function isList<V>(operand: V | readonly V[]): operand is readonly V[] {
  return Array.isArray(operand);
}
