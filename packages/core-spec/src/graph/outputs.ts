import { IsoconvError } from "../error.js";
import { isRecord } from "../options.js";
import { checkName } from "./check.js";

/**
 * The outputs of a graph by name and in order: a `Map`, a list of `[name, value]`, or an object. An object lists
 * integer keys before all others, so it may have an integer key only if that is its only key.
 */
export type Outputs<V> = Iterable<readonly [name: string, value: V]> | Readonly<Record<string, V>>;

/**
 * Outputs in the order given, their names checked.
 *
 * @throws IsoconvError `INVALID_GRAPH` without outputs, for an unusable or repeated name, and for an integer among the
 *   keys of an object
 */
export function outputEntries<V>(outputs: Outputs<V>): readonly (readonly [name: string, value: V])[] {
  const entries = listEntries(outputs);
  if (entries.length === 0) throw invalid("outputs", "no outputs", "at least one", 0);
  const names = new Set<string>();
  for (const [name] of entries) {
    checkName(name, "outputs");
    if (names.has(name)) throw invalid(`outputs.${name}`, "name already taken", "a unique name", name);
    names.add(name);
  }
  return entries;
}

function listEntries<V>(outputs: Outputs<V>): readonly (readonly [name: string, value: V])[] {
  if (isIterable(outputs)) {
    return Array.from(outputs, (entry: unknown, index) => {
      if (Array.isArray(entry) && entry.length === 2) return entry as [string, V];
      throw invalid(`outputs[${index}]`, "not an output", "[name, value]", entry);
    });
  }
  if (!isRecord(outputs)) return [];
  const entries = Object.entries(outputs);
  const integer = entries.length > 1 ? entries.find(([name]) => isIndex(name)) : undefined;
  if (integer === undefined) return entries;
  throw invalid(
    `outputs.${integer[0]}`,
    "an object puts a key that is an integer before the others",
    "a Map or a list of [name, value]",
    integer[0],
  );
}

/** TypeScript's types exclude other values; plain JavaScript does not. */
function isIterable<V>(outputs: Outputs<V>): outputs is Iterable<readonly [name: string, value: V]> {
  return typeof outputs === "object" && outputs !== null && Symbol.iterator in outputs;
}

/** Whether JavaScript treats a key as an array index; objects list those in ascending order before other keys. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;
}

function invalid(path: string, what: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_GRAPH", { path, what, expected, received });
}
