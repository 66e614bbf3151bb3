import { invalid, tensorPath } from "../invalid.js";
import { entryOf, globalName, isKind, type PickleObject, type PickleValue } from "./pickle-value.js";
import { tensorOf, type FoundTensor } from "./tensor.js";

/** What a checkpoint has: its tensors, and the plain values beside them. */
export interface Contents {
  readonly tensors: readonly FoundTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Modules in modules; real networks have some twenty levels, of three values each. */
const DEEPEST = 300;

/**
 * The tensors of a checkpoint by their dotted paths: keys of dicts, indices of lists, and, in whole modules and in
 * TorchScript, the names of parameters and buffers, like the module's `state_dict` has them.
 *
 * @param most how many values may be visited: values may be shared, so that a small pickle has endlessly many paths
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export function findTensors(root: PickleValue, most: number): Contents {
  const tensors: FoundTensor[] = [];
  const metadata: Record<string, string> = {};
  const above = new Set<PickleValue>();
  let visited = 0;

  const visit = (value: PickleValue, name: string): void => {
    visited += 1;
    if (visited > most) throw invalid(tensorPath(name), "more paths to values than a file of this size may have");
    const tensor = tensorOf(value, name === "" ? ROOT_TENSOR : name);
    if (tensor !== undefined) {
      tensors.push(tensor);
      return;
    }
    const children = childrenOf(value);
    if (children === undefined) return;
    // A cycle has no tensors that are not found already.
    if (above.has(value)) return;
    if (above.size >= DEEPEST)
      throw invalid(tensorPath(name), "values nested too deeply", { expected: `at most ${DEEPEST} levels` });
    above.add(value);
    for (const [key, child] of children) visit(child, name === "" ? key : `${name}.${key}`);
    above.delete(value);
  };
  visit(root, "");
  for (const [key, value] of childrenOf(root) ?? []) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      metadata[key] = typeof value === "string" ? value : String(value);
    }
  }
  return { tensors, metadata };
}

/** The name of a tensor that is a file's only value. */
const ROOT_TENSOR = "tensor";

type Child = readonly [key: string, value: PickleValue];

/** The values in a value; undefined if it has none. */
function childrenOf(value: PickleValue): Iterable<Child> | undefined {
  if (isKind(value, "list", "tuple")) return value.items.map((item, index): Child => [String(index), item]);
  if (isKind(value, "dict")) return dictChildren(value.entries);
  if (!isKind(value, "object")) return undefined;
  return isModule(value) ? moduleChildren(value) : objectChildren(value);
}

/** The last value of a key counts. A key that is no text or number, such as a tuple, has no name. */
function dictChildren(entries: readonly (readonly [PickleValue, PickleValue])[]): Iterable<Child> {
  const children = new Map<string, PickleValue>();
  for (const [key, value] of entries) {
    if (typeof key === "string") children.set(key, value);
    else if (typeof key === "number" || typeof key === "bigint" || typeof key === "boolean") {
      children.set(typeof key === "boolean" ? pythonName(key) : String(key), value);
    }
  }
  return children;
}

const pythonName = (value: boolean): string => (value ? "True" : "False");

/** An instance of `nn.Module` keeps its parts in these attributes. */
function isModule({ state }: PickleObject): boolean {
  return entryOf(state, "_parameters") !== undefined && entryOf(state, "_modules") !== undefined;
}

/** Parameters, buffers and modules, in the order and under the names of `state_dict`. */
function moduleChildren({ state }: PickleObject): Iterable<Child> {
  const transient = entryOf(state, "_non_persistent_buffers_set");
  const skipped = new Set(namesIn(transient));
  const part = (attribute: string): readonly Child[] => [...(childrenOf(entryOf(state, attribute) ?? null) ?? [])];
  return [...part("_parameters"), ...part("_buffers").filter(([name]) => !skipped.has(name)), ...part("_modules")];
}

/** The items of a set, which protocols before 4 write as a call of `set` with a list. */
function namesIn(value: PickleValue | undefined): readonly PickleValue[] {
  if (isKind(value, "set", "list")) return value.items;
  if (!isKind(value, "object") || !/\.(frozen)?set$/.test(globalName(value.maker) ?? "")) return [];
  const [items] = value.arguments;
  return namesIn(items);
}

/** What an object of any other class has: its items if it is a dict or a list too, and its attributes. */
function objectChildren({ state, entries, items }: PickleObject): Iterable<Child> {
  // An object with slots has a pair of its dict and its slots.
  const attributes = isKind(state, "tuple") ? state.items : [state ?? null];
  return [
    ...dictChildren(entries),
    ...items.map((item, index): Child => [String(index), item]),
    ...attributes.flatMap((each) => (isKind(each, "dict") ? [...dictChildren(each.entries)] : [])),
  ];
}
