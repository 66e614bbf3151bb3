import { IsoconvError, type Location } from "./error.js";

/**
 * Everything that is true of one attribute of an operation.
 *
 * From a descriptor come the attribute's type, default, validation and documentation, and the values a conformance suite
 * tries: `boundary` is accepted, `invalid` is refused with `INVALID_ATTRIBUTE`.
 */
export interface Attribute<T, Optional extends boolean = boolean> {
  readonly domain: string;
  readonly doc: string;
  readonly optional: Optional;
  /** The default, when `optional`. */
  readonly fallback: T | undefined;
  readonly boundary: readonly T[];
  readonly invalid: readonly unknown[];
  /** @throws IsoconvError `INVALID_ATTRIBUTE` */
  parse(value: unknown, at: Location): T;
}

export type AttributeValue = number | boolean | string | readonly number[];
export type AttributeSchema = Readonly<Record<string, Attribute<AttributeValue>>>;

type RequiredKeys<S> = { [K in keyof S]: S[K] extends { optional: true } ? never : K }[keyof S];
type OptionalKeys<S> = { [K in keyof S]: S[K] extends { optional: true } ? K : never }[keyof S];
type ValueOf<A> = A extends Attribute<infer T> ? T : never;

/** What a caller writes: attributes with a default may be left out. */
export type AttributeInput<S> = { readonly [K in RequiredKeys<S>]: ValueOf<S[K]> } & {
  readonly [K in OptionalKeys<S>]?: ValueOf<S[K]> | undefined;
};

/** What a kernel receives: every attribute present. */
export type AttributeValues<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

interface Described<T> {
  readonly doc: string;
  readonly default?: T;
}
/** `true` when the options name a default. */
type HasDefault<O> = O extends { readonly default: infer D } ? (D extends undefined ? false : true) : false;

function describe<T, O extends Described<T>>(
  options: O,
  rest: Pick<Attribute<T>, "domain" | "boundary" | "invalid" | "parse">,
): Attribute<T, HasDefault<O>> {
  const optional = options.default !== undefined;
  return { ...rest, doc: options.doc, optional: optional as HasDefault<O>, fallback: options.default };
}

function refuse(at: Location, expected: string, received: unknown): never {
  throw new IsoconvError("INVALID_ATTRIBUTE", { ...at, what: "attribute out of its domain", expected, received });
}

function within(at: Location, index: number): Location {
  return { ...at, path: `${at.path ?? ""}[${index}]` };
}

/** Extents, pads and the like stay far below the range where products of them lose precision. */
const LARGEST = 2 ** 31 - 1;

interface IntegerOptions extends Described<number> {
  readonly min: number;
  readonly max?: number;
}

/** An integer in `[min, max]`. */
export function integer<const O extends IntegerOptions>(options: O): Attribute<number, HasDefault<O>> {
  const { min, max = LARGEST } = options;
  const domain = max === LARGEST ? `an integer ≥ ${min}` : `an integer in [${min}, ${max}]`;
  return describe<number, O>(options, {
    domain,
    boundary: [...new Set([min, min + 1, options.default ?? min])].filter((value) => value <= max),
    invalid: [min - 1, min + 0.5, max + 1, Number.NaN, Infinity, -Infinity, `${min}`, null, [min], true],
    parse: (value, at) => parseInteger(value, at, min, max, domain),
  });
}

function parseInteger(value: unknown, at: Location, min: number, max: number, domain: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    return refuse(at, domain, value);
  return value === 0 ? 0 : value;
}

interface FloatOptions extends Described<number> {
  readonly min?: number;
  readonly max?: number;
  /** Refuse `min` itself. */
  readonly exclusive?: boolean;
  readonly infinite?: boolean;
}

/**
 * A float32 value: what the caller writes is rounded to float32 once, here, so that every backend computes with the same
 * number. NaN is never an attribute.
 */
export function float<const O extends FloatOptions>(options: O): Attribute<number, HasDefault<O>> {
  const { min = -Infinity, max = Infinity, exclusive = false, infinite = false } = options;
  const bounds = [
    min === -Infinity ? [] : [`${exclusive ? ">" : "≥"} ${min}`],
    max === Infinity ? [] : [`≤ ${max}`],
  ].flat();
  const domain = `a ${infinite ? "" : "finite "}float32${bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`}`;
  const accepts = (value: number): boolean =>
    (infinite || Number.isFinite(value)) && (exclusive ? value > min : value >= min) && value <= max;
  const fallback = options.default === undefined ? undefined : Math.fround(options.default);
  const attribute = describe<number, O>(options, {
    domain,
    boundary: [...new Set([fallback, min, max, 0, 0.5, 1])].filter((value) => value !== undefined).filter(accepts),
    invalid: [
      Number.NaN,
      "1",
      null,
      true,
      [0],
      ...(infinite ? [] : [Infinity, -Infinity, 1e39]),
      ...(min === -Infinity ? [] : [exclusive ? min : min - 1]),
      ...(max === Infinity ? [] : [max + 1]),
    ],
    parse: (value, at) => {
      if (typeof value !== "number" || Number.isNaN(value)) return refuse(at, domain, value);
      const rounded = Math.fround(value);
      return accepts(rounded) ? rounded : refuse(at, domain, value);
    },
  });
  return { ...attribute, fallback };
}

/** `true` or `false`. */
export function flag<const O extends Described<boolean>>(options: O): Attribute<boolean, HasDefault<O>> {
  const domain = "true or false";
  return describe<boolean, O>(options, {
    domain,
    boundary: [false, true],
    invalid: [0, 1, "true", null],
    parse: (value, at) => (typeof value === "boolean" ? value : refuse(at, domain, value)),
  });
}

/** One of a few words. */
export function choice<const W extends string, const O extends Described<W>>(
  words: readonly W[],
  options: O,
): Attribute<W, HasDefault<O>> {
  const domain = words.map((word) => `"${word}"`).join(" or ");
  return describe<W, O>(options, {
    domain,
    boundary: words,
    invalid: ["", `${words[0]} `, 0, null, [words[0]]],
    parse: (value, at) => words.find((word) => word === value) ?? refuse(at, domain, value),
  });
}

function parseList(value: unknown, at: Location, length: number, domain: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) return refuse(at, domain, value);
  return value;
}

export type Pair = readonly [height: number, width: number];

interface PairOptions extends Described<Pair> {
  readonly min: number;
}

/** Larger than any window a network has, small enough that no hostile one is slow to reject. */
const WIDEST = 65_535;

/** Two integers in `[min, 65535]`: one for the height, one for the width. */
export function pair<const O extends PairOptions>(options: O): Attribute<Pair, HasDefault<O>> {
  const { min } = options;
  const each = `an integer in [${min}, ${WIDEST}]`;
  const domain = `[height, width], each ${each}`;
  return describe<Pair, O>(options, {
    domain,
    boundary: [
      [min, min],
      [min + 1, min],
      [min, min + 1],
      [min + 2, min + 1],
    ],
    invalid: [
      [],
      [min],
      [min, min, min],
      [min - 1, min],
      [min, min + 0.5],
      [WIDEST + 1, min],
      [Number.NaN, min],
      [min, "1"],
      min,
      null,
      {},
    ],
    parse: (value, at) => {
      const [height, width] = parseList(value, at, 2, domain);
      return Object.freeze([
        parseInteger(height, within(at, 0), min, WIDEST, each),
        parseInteger(width, within(at, 1), min, WIDEST, each),
      ] as const);
    },
  });
}

export type Pads2d = readonly [top: number, left: number, bottom: number, right: number];

/** Explicit padding `[top, left, bottom, right]`, zero by default. There is no `same` and no `ceil`: see the nn package. */
export function pads2d<const O extends Described<Pads2d>>(options: O): Attribute<Pads2d, HasDefault<O>> {
  const each = `an integer in [0, ${WIDEST}]`;
  const domain = `[top, left, bottom, right], each ${each}`;
  return describe<Pads2d, O>(options, {
    domain,
    boundary: [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [1, 0, 0, 0],
      [0, 2, 1, 0],
    ],
    invalid: [
      [],
      [1, 1],
      [1, 1, 1],
      [0, 0, 0, 0, 0],
      [-1, 0, 0, 0],
      [0, 0, 0, 0.5],
      [0, Number.NaN, 0, 0],
      1,
      "same",
      null,
    ],
    parse: (value, at) => {
      const [top, left, bottom, right] = parseList(value, at, 4, domain);
      return Object.freeze([
        parseInteger(top, within(at, 0), 0, WIDEST, each),
        parseInteger(left, within(at, 1), 0, WIDEST, each),
        parseInteger(bottom, within(at, 2), 0, WIDEST, each),
        parseInteger(right, within(at, 3), 0, WIDEST, each),
      ] as const);
    },
  });
}

interface IntegersOptions extends Described<readonly number[]> {
  readonly min: number;
  /** Refuse repeated entries. */
  readonly distinct?: boolean;
}

/** More axes than any tensor here has; keeps a hostile list from growing a graph. */
const LONGEST_LIST = 16;

/** A list of integers ≥ `min`, one per axis named elsewhere. */
export function integers<const O extends IntegersOptions>(options: O): Attribute<readonly number[], HasDefault<O>> {
  const { min, distinct = false } = options;
  const each = `an integer ≥ ${min}`;
  const domain = `a list of ${distinct ? "distinct " : ""}integers ≥ ${min}`;
  return describe<readonly number[], O>(options, {
    domain,
    boundary: [[min], [min, min + 1]],
    invalid: [[min - 1], [min + 0.5], [Number.NaN], ["1"], min, "1", null, {}, ...(distinct ? [[min, min]] : [])],
    parse: (value, at) => {
      if (!Array.isArray(value) || value.length > LONGEST_LIST) return refuse(at, domain, value);
      const list = value.map((item: unknown, index) => parseInteger(item, within(at, index), min, LARGEST, each));
      if (distinct && new Set(list).size !== list.length) return refuse(at, domain, value);
      return Object.freeze(list);
    },
  });
}
