import type { Attribute } from "./attribute.js";
import { IsoconvError, type Location } from "./error.js";
import { didYouMean } from "./nearest-name.js";

/** An object that is not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checks the value of an option: an attribute's descriptor, or one of `optionChecks`. */
export type OptionCheck = Pick<Attribute<unknown>, "parse">;

/** The options that a function supports. */
export interface KnownOptions<T> {
  /**
   * Every supported option; the compiler compares them with the type. Each has the check of its value, or `true` if the
   * function checks the value itself.
   */
  readonly known: Readonly<Record<keyof T, true | OptionCheck>>;
  /** Options of the same PyTorch function that are not supported, each with a sentence about the behaviour here. */
  readonly unsupported?: Readonly<Record<string, string>>;
}

/**
 * Refuses unknown options and values of a wrong type. TypeScript refuses them too, but not in JavaScript, in JSON, or if
 * the object has another type. An option whose value is `undefined` counts as left out.
 *
 * @param at - its `path` names the argument; `options` by default
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a key that is not in `known`, with the nearest name, for a value that its
 *   check refuses, and for anything but an object
 */
export function checkOptions<T extends object>(
  options: T,
  { known, unsupported = {} }: KnownOptions<T>,
  at: Location = {},
): void {
  const where = { ...at, path: at.path ?? "options" };
  for (const key of isRecord(options) ? Object.keys(options) : []) {
    if (!Object.hasOwn(unsupported, key)) continue;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...where,
      path: `${where.path}.${key}`,
      what: "PyTorch's option is not supported",
      expected: Object.keys(known).join(", "),
      received: key,
      hint: unsupported[key],
    });
  }
  checkKeys(options, Object.keys(known), "option", where);
  for (const [key, value] of Object.entries(options)) {
    const check = known[key as keyof T];
    if (check !== true && value !== undefined) check.parse(value, { ...where, path: `${where.path}.${key}` });
  }
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` unless `given` is an object with no other keys than `keys` */
export function checkKeys(
  given: unknown,
  keys: readonly string[],
  noun: "attribute" | "option" | "field",
  at: Location,
): asserts given is Readonly<Record<string, unknown>> {
  if (!isRecord(given)) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      what: `${noun}s are not an object`,
      expected: "an object",
      received: given,
    });
  }
  for (const key of Object.keys(given)) {
    if (keys.includes(key)) continue;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      path: at.path === undefined ? key : `${at.path}.${key}`,
      what: `no such ${noun}`,
      expected: keys.join(", ") || `no ${noun}s`,
      received: key,
      hint: didYouMean(key, keys),
    });
  }
}

/**
 * Refuses arguments beyond a function's parameters; the function collects them as `...none: never[]`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`
 */
export function checkNoMore(extra: readonly unknown[], at: Location, hint?: string): void {
  if (extra.length === 0) return;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    ...at,
    path: "arguments",
    what: "more arguments than the function takes",
    expected: "no further argument",
    received: extra[0],
    hint,
  });
}
