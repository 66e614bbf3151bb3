/**
 * What a pickle says, as inert data. Nothing in a pickle is ever looked up or called: a class or function is its name, and
 * an object is its class with what the pickle would give it.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PicklePersistent;

/** A list, tuple or set. */
export interface PickleList {
  readonly kind: "list" | "tuple" | "set";
  readonly items: PickleValue[];
}

/** A dict, in the order of its keys; the last value of a key counts. */
export interface PickleDict {
  readonly kind: "dict";
  readonly entries: (readonly [key: PickleValue, value: PickleValue])[];
}

/** The name of a class or function. */
export interface PickleGlobal {
  readonly kind: "global";
  /** For example `torch._utils._rebuild_tensor_v2`. */
  readonly name: string;
}

/** What a class or function would have made. */
export interface PickleObject {
  readonly kind: "object";
  readonly maker: PickleValue;
  readonly arguments: readonly PickleValue[];
  state: PickleValue | undefined;
  /** If it is a dict too. */
  readonly entries: (readonly [key: PickleValue, value: PickleValue])[];
  /** If it is a list too. */
  readonly items: PickleValue[];
}

/** A value outside the pickle, such as a storage. */
export interface PicklePersistent {
  readonly kind: "persistent";
  readonly id: PickleValue;
}

type Kinded = Extract<PickleValue, { kind: string }>;

/** Whether a value is of one of the kinds. */
export function isKind<K extends Kinded["kind"]>(
  value: PickleValue | undefined,
  ...kinds: readonly K[]
): value is Kinded & { readonly kind: K } {
  return (
    typeof value === "object" && value !== null && "kind" in value && (kinds as readonly string[]).includes(value.kind)
  );
}

/** The values of a tuple; undefined for anything else. */
export function tupleItems(value: PickleValue | undefined): readonly PickleValue[] | undefined {
  return isKind(value, "tuple") ? value.items : undefined;
}

/** The name of a class or function; undefined for anything else. */
export function globalName(value: PickleValue | undefined): string | undefined {
  return isKind(value, "global") ? value.name : undefined;
}

/** The value of a key that is a string, in a dict or in an object that is one. */
export function entryOf(value: PickleValue | undefined, key: string): PickleValue | undefined {
  return isKind(value, "dict", "object") ? value.entries.findLast(([each]) => each === key)?.[1] : undefined;
}
