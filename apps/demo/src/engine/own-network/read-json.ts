import { IsoconvError } from "@isoconv/core-spec";

/** A value of the text and the offset where it starts. */
export type JsonNode = { readonly at: number } & (
  | { readonly kind: "plain"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, JsonNode> }
);

export type JsonReading =
  { readonly node: JsonNode } | { readonly fault: IsoconvError; /** Offset in the text. */ readonly at: number };

/** Deeper than any network, and not deep enough to overflow the stack. */
const DEEPEST = 64;

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const WORDS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/**
 * Reads JSON with comments, trailing commas and keys without quotes.
 * `JSON.parse` supports none of these, and reports the position of an error only in some browsers.
 */
export function readJson(text: string): JsonReading {
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const takeMark = (mark: string): boolean => {
    take(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  };
  const refuse = (expected: string, what = "cannot be read"): IsoconvError => {
    const { line, column } = placeOf(text, at);
    const received = at < text.length ? text.slice(at, at + 12) : "the end";
    return new IsoconvError("INVALID_GRAPH", { path: `line ${line}, column ${column}`, what, expected, received });
  };

  const readValue = (depth: number): JsonNode => {
    if (depth > DEEPEST) throw refuse(`at most ${DEEPEST} levels`, "too deep");
    take(SPACE);
    const start = at;
    if (takeMark("[")) return { kind: "list", at: start, items: readItems(depth) };
    if (takeMark("{")) return { kind: "object", at: start, entries: readEntries(depth) };
    return { kind: "plain", at: start, value: readPlain() };
  };
  const readPlain = (): string | number | boolean | null => {
    const string = take(STRING);
    if (string !== undefined) return String(JSON.parse(string));
    const number = take(NUMBER);
    if (number !== undefined) return Number(number);
    const start = at;
    const word = WORDS.get(take(WORD) ?? "");
    if (word !== undefined) return word;
    at = start;
    throw refuse('a value: a "text", a number, true, false, null, a list or an object');
  };
  const readItems = (depth: number): readonly JsonNode[] => {
    const items: JsonNode[] = [];
    while (!takeMark("]")) {
      items.push(readValue(depth + 1));
      if (takeMark(",")) continue;
      if (takeMark("]")) break;
      throw refuse(", or ]");
    }
    return items;
  };
  const readEntries = (depth: number): ReadonlyMap<string, JsonNode> => {
    const entries = new Map<string, JsonNode>();
    while (!takeMark("}")) {
      const start = at;
      const quoted = take(STRING);
      const key = quoted === undefined ? take(WORD) : String(JSON.parse(quoted));
      if (key === undefined) throw refuse("a key or }");
      if (entries.has(key)) {
        at = start;
        throw refuse("each key once", "the key is there already");
      }
      if (!takeMark(":")) throw refuse(":");
      entries.set(key, readValue(depth + 1));
      if (takeMark(",")) continue;
      if (takeMark("}")) break;
      throw refuse(", or }");
    }
    return entries;
  };

  try {
    const node = readValue(0);
    take(SPACE);
    if (at < text.length) throw refuse("nothing more");
    return { node };
  } catch (fault) {
    if (fault instanceof IsoconvError) return { fault, at };
    throw fault;
  }
}

/** Line and column of an offset in a text, counted from 1. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The value that `JSON.parse` would return. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "plain":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "object":
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainValue(value)]));
  }
}
