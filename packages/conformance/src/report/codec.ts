import { IsoconvError } from "@isoconv/core-spec";

/** A part of a JSON Schema, draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** Writes values of one type as JSON, reads them, and describes them by a schema. */
export interface Codec<T> {
  readonly schema: Schema;
  /** Returns a value that `JSON.stringify` keeps exactly. */
  readonly write: (value: T) => unknown;
  /** @throws IsoconvError `INVALID_ATTRIBUTE` with the place in `path` */
  readonly read: (json: unknown, path: string) => T;
}

/** A member that may be absent. */
export interface OptionalCodec<T> extends Codec<T> {
  readonly optional: true;
}

/** A codec for every member, so that a new member of the type does not compile without a codec. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? OptionalCodec<Exclude<T[K], undefined>>
    : Record<never, never> extends Pick<T, K>
      ? OptionalCodec<T[K]>
      : Codec<T[K]>;
};

/** Numbers that JSON lacks. */
const WORDS: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/** A number; NaN, ±∞ and −0 are strings. */
export const number: Codec<number> = {
  schema: { anyOf: [{ type: "number" }, { enum: [...WORDS.keys()] }] },
  write: spellNumber,
  read: (json, path) => (typeof json === "number" ? json : (WORDS.get(json) ?? wrong(path, "a number", json))),
};

/** `"NaN"`, `"Infinity"`, `"-Infinity"` or `"-0"` for numbers that JSON lacks; other numbers unchanged. */
export function spellNumber(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/** A count or an index. */
export const count: Codec<number> = {
  schema: { type: "integer", minimum: 0 },
  write: identity,
  read: (json, path) => (isCount(json) ? json : wrong(path, "an integer ≥ 0", json)),
};

export const text: Codec<string> = {
  schema: { type: "string" },
  write: identity,
  read: (json, path) => (typeof json === "string" ? json : wrong(path, "a text", json)),
};

/** One of several texts or numbers. */
export function oneOf<const T extends string | number>(choices: readonly T[]): Codec<T> {
  return {
    schema: choices.length === 1 ? { const: choices[0] } : { enum: choices },
    write: identity,
    read: (json, path) => choices.find((choice) => choice === json) ?? wrong(path, choices.join(" or "), json),
  };
}

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema },
    write: (values) => values.map((value) => item.write(value)),
    read: (json, path) =>
      Array.isArray(json)
        ? json.map((value: unknown, index) => item.read(value, `${path}[${index}]`))
        : wrong(path, "a list", json),
  };
}

/** Values by name. Names are arbitrary, all of `keys`, or some of them. */
export function record<T>(value: Codec<T>): Codec<Readonly<Record<string, T>>>;
export function record<K extends string, T>(value: Codec<T>, keys: readonly K[]): Codec<Readonly<Record<K, T>>>;
export function record<K extends string, T>(
  value: Codec<T>,
  keys: readonly K[],
  presence: "some",
): Codec<Readonly<Partial<Record<K, T>>>>;
export function record<T>(
  value: Codec<T>,
  keys?: readonly string[],
  presence: "all" | "some" = "all",
): Codec<Readonly<Record<string, T>>> {
  const known = keys === undefined ? {} : { propertyNames: { enum: keys } };
  const required = keys === undefined || presence === "some" ? {} : { required: keys };
  return {
    schema: { type: "object", ...known, ...required, additionalProperties: value.schema },
    write: (values) => {
      const names = keys?.filter((key) => Object.hasOwn(values, key)) ?? Object.keys(values).toSorted();
      return Object.fromEntries(names.flatMap((name) => entry(name, values[name], (each: T) => value.write(each))));
    },
    read: (json, path) => {
      const source = asObject(json, path);
      if (keys !== undefined) checkKeys(source, keys, presence === "all" ? keys : [], path);
      return Object.fromEntries(
        Object.entries(source).map(([name, member]) => [name, value.read(member, memberPath(path, name))]),
      );
    },
  };
}

/** A record of known members, written in the given order. */
export function object<T extends object>(fields: Fields<T>, description?: string): Codec<T> {
  const members = Object.entries(fields) as readonly [string, Codec<unknown> | OptionalCodec<unknown>][];
  const required = members.filter(([, codec]) => !("optional" in codec)).map(([name]) => name);
  const names = members.map(([name]) => name);
  return {
    schema: {
      type: "object",
      ...(description === undefined ? {} : { description }),
      properties: Object.fromEntries(members.map(([name, { schema }]) => [name, schema])),
      required,
      additionalProperties: false,
    },
    write: (value) => {
      const source = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(members.flatMap(([name, codec]) => entry(name, source[name], codec.write)));
    },
    read: (json, path) => {
      const source = asObject(json, path);
      checkKeys(source, names, required, path);
      const read = members.flatMap(([name, codec]) =>
        entry(name, source[name], (member) => codec.read(member, memberPath(path, name))),
      );
      return Object.fromEntries(read) as T;
    },
  };
}

/** The codec of a member that may be absent. */
export function optional<T>(codec: Codec<T>): OptionalCodec<T> {
  return { ...codec, optional: true };
}

/** A union. Writing selects the codec by a test, reading tries the codecs whose `tag` is present. */
export function eitherOf<A, B>(
  first: Codec<A>,
  second: Codec<B>,
  isFirst: (value: A | B) => value is A,
  isFirstJson: (json: Readonly<Record<string, unknown>> | undefined) => boolean,
): Codec<A | B> {
  return {
    schema: { anyOf: [first.schema, second.schema] },
    write: (value) => (isFirst(value) ? first.write(value) : second.write(value)),
    read: (json, path) => (isFirstJson(recordOf(json)) ? first.read(json, path) : second.read(json, path)),
  };
}

/** A union with the discriminant `kind`. */
export function byKind<T extends { readonly kind: string }>(codecs: {
  readonly [K in T["kind"]]: Codec<Extract<T, { readonly kind: K }>>;
}): Codec<T> {
  const table = new Map<unknown, Codec<T>>(Object.entries(codecs));
  const expected = [...table.keys()].join(" or ");
  return {
    schema: { anyOf: [...table.values()].map(({ schema }) => schema) },
    write: (value) => table.get(value.kind)?.write(value),
    read: (json, path) => {
      const { kind } = asObject(json, path);
      return (table.get(kind) ?? wrong(`${path}.kind`, expected, kind)).read(json, path);
    },
  };
}

/** A recursive codec; its schema is `$defs[name]`. */
export function recursive<T>(name: string, codec: () => Codec<T>): Codec<T> {
  return {
    schema: { $ref: `#/$defs/${name}` },
    write: (value) => codec().write(value),
    read: (json, path) => codec().read(json, path),
  };
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` */
export function wrong(path: string, expected: string, received: unknown): never {
  throw new IsoconvError("INVALID_ATTRIBUTE", { path, what: "not what a report holds here", expected, received });
}

function recordOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, unknown>>)
    : undefined;
}

function asObject(json: unknown, path: string): Readonly<Record<string, unknown>> {
  return recordOf(json) ?? wrong(path, "an object", json);
}

function checkKeys(
  source: Readonly<Record<string, unknown>>,
  known: readonly string[],
  required: readonly string[],
  path: string,
): void {
  const extra = Object.keys(source).find((name) => !known.includes(name));
  if (extra !== undefined) wrong(memberPath(path, extra), `no other member than ${known.join(", ")}`, source[extra]);
  const missing = required.find((name) => !Object.hasOwn(source, name));
  if (missing !== undefined) wrong(memberPath(path, missing), "a value", undefined);
}

function memberPath(path: string, name: string): string {
  if (!/^\w+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function entry<T>(name: string, value: T | undefined, transform: (value: T) => unknown): [string, unknown][] {
  return value === undefined ? [] : [[name, transform(value)]];
}

function isCount(json: unknown): json is number {
  return Number.isSafeInteger(json) && Number(json) >= 0;
}

function identity<T>(value: T): T {
  return value;
}
