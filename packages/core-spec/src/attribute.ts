import { IsoconvError, type Location } from "./error.js";

/**
 * The definition of one attribute of an operation.
 *
 * Type, default and validation are derived from the descriptor, and so are the values that a conformance
 * suite tries: `boundary` is accepted, `invalid` is refused with `INVALID_ATTRIBUTE`.
 */
export interface Attribute<T, Optional extends boolean = boolean> {
  readonly domain: string;
  readonly optional: Optional;
  /** The default, when `optional`. */
  readonly fallback: T | undefined;
  readonly boundary: readonly T[];
  readonly invalid: readonly unknown[];
  /** @throws IsoconvError `INVALID_ATTRIBUTE` */
  parse(value: unknown, at: Location): T;
}

/** Height, then width. */
export type Pair = readonly [height: number, width: number];
/** Rows and columns added at each side of an image. */
export type Pads2d = readonly [top: number, left: number, bottom: number, right: number];

/** What an attribute may hold. */
export type AttributeValue = number | boolean | string | readonly number[];
/** An operation's attributes by name. */
export type AttributeSchema = Readonly<Record<string, Attribute<AttributeValue>>>;

type RequiredKeys<S> = { [K in keyof S]: S[K] extends { optional: true } ? never : K }[keyof S];
type OptionalKeys<S> = { [K in keyof S]: S[K] extends { optional: true } ? K : never }[keyof S];
type ValueOf<A> = A extends Attribute<infer T> ? T : never;

/** What a caller writes: attributes with a default may be left out. An operation without attributes takes only `{}`. */
export type AttributeInput<S> = S extends unknown // distributes over a union of operations
  ? keyof S extends never
    ? Readonly<Record<string, never>>
    : { readonly [K in RequiredKeys<S>]: ValueOf<S[K]> } & {
        readonly [K in OptionalKeys<S>]?: ValueOf<S[K]> | undefined;
      }
  : never;

/** What a kernel receives: every attribute present. */
export type AttributeValues<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** The option common to all descriptors. */
export interface Described<T> {
  readonly default?: T;
}
/** `true` when the options name a default. */
export type HasDefault<O> = O extends { readonly default: infer D } ? (D extends undefined ? false : true) : false;

/** Completes a descriptor; the default is frozen because every node that leaves the attribute out shares it. */
export function describe<T, O extends Described<T>>(
  options: O,
  rest: Pick<Attribute<T>, "domain" | "boundary" | "invalid" | "parse">,
): Attribute<T, HasDefault<O>> {
  const optional = options.default !== undefined;
  return Object.freeze({
    ...rest,
    optional: optional as HasDefault<O>,
    fallback: Object.freeze(options.default),
  });
}

/** @throws IsoconvError `INVALID_ATTRIBUTE`, always */
export function refuse(at: Location, expected: string, received: unknown): never {
  throw new IsoconvError("INVALID_ATTRIBUTE", { ...at, what: "attribute out of its domain", expected, received });
}

/** Extents, pads and the like stay far below the range where products of them lose precision. */
export const LARGEST = 2 ** 31 - 1;

/**
 * The integer, −0 made 0.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for anything but an integer in `[min, max]`
 */
export function parseInteger(value: unknown, at: Location, min: number, max: number, domain: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    return refuse(at, domain, value);
  return value === 0 ? 0 : value;
}
