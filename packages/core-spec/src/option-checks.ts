import { refuse } from "./attribute.js";
import type { OptionCheck } from "./options.js";
import { choice, flag, integer } from "./scalar-attributes.js";

/** Accepts the values of a domain, which the error states in words. */
export function inDomain(domain: string, accepts: (value: unknown) => boolean): OptionCheck {
  return { parse: (value, at) => (accepts(value) ? value : refuse(at, domain, value)) };
}

/** Checks for values that options of many functions have. */
export const optionChecks = Object.freeze({
  flag: flag({}),
  /** Of counter-based random numbers. */
  seed: integer({ min: 0, max: 2 ** 32 - 1 }),
  number: inDomain("a finite number", Number.isFinite),
  count: integer({ min: 1 }),
  text: inDomain("a string", (value) => typeof value === "string"),
  folder: inDomain(
    'a folder\'s address with "/" at its end',
    (value) => typeof value === "string" && value.endsWith("/"),
  ),
  texts: inDomain(
    "a list of strings",
    (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  ),
  list: inDomain("a list", Array.isArray),
  function: inDomain("a function", (value) => typeof value === "function"),
  milliseconds: inDomain("a number above 0", (value) => typeof value === "number" && value > 0),
  /** Recognised by its shape: the signal may come from another realm. */
  signal: inDomain(
    "an AbortSignal",
    (value) => typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value,
  ),
  oneOf: (words: readonly string[]): OptionCheck => choice(words, {}),
});
