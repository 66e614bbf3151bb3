import { invalid } from "./invalid.js";
import { isWellFormed } from "./names.js";

/**
 * Reads JSON whose structure the caller knows, value by value.
 *
 * `JSON.parse` is not suitable: it silently keeps the last of duplicate keys, treats `__proto__` specially, rounds
 * numbers beyond 2⁵³, and overflows the stack on deep nesting. This reader nests no deeper than its caller.
 *
 * Every method throws IsoconvError `INVALID_WEIGHTS` when the text does not match.
 */
export class JsonReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Yields the key of each member of an object; the loop's body must read the value. */
  *members(path: string): Generator<string, void, undefined> {
    this.#expect("{", path, "an object");
    if (this.#accept("}")) return;
    const seen = new Set<string>();
    do {
      const key = this.string(path);
      if (key === "__proto__") throw invalid(path, "forbidden key", { received: key });
      if (seen.has(key)) throw invalid(path, "duplicate key", { received: key });
      seen.add(key);
      this.#expect(":", path, '":" after a key');
      yield key;
    } while (this.#accept(","));
    this.#expect("}", path, '"," or "}"');
  }

  /** Yields the index of each item of an array; the loop's body must read the item. */
  *items(path: string): Generator<number, void, undefined> {
    this.#expect("[", path, "an array");
    if (this.#accept("]")) return;
    let index = 0;
    do {
      yield index;
      index += 1;
    } while (this.#accept(","));
    this.#expect("]", path, '"," or "]"');
  }

  string(path: string): string {
    this.#expect('"', path, "a string");
    const start = this.#position;
    let escaped = false;
    // A loop instead of a regular expression: V8's exhaust their own stack on strings of a few megabytes.
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code === QUOTE) break;
      // The comparison also catches NaN, the end of the text.
      if (!(code >= SPACE)) throw this.#unexpected(path, "the rest of a string");
      if (code === BACKSLASH) {
        escaped = true;
        this.#position += 1;
      }
      this.#position += 1;
    }
    this.#position += 1;
    if (!escaped) return this.#text.slice(start, this.#position - 1);
    return unescape(this.#text.slice(start - 1, this.#position), path);
  }

  /** A non-negative integer below 2⁵³, written without sign, fraction or exponent. */
  count(path: string): number {
    this.#skipSpace();
    const start = this.#position;
    let value = 0;
    for (;;) {
      const digit = this.#text.charCodeAt(this.#position) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      if (value > Number.MAX_SAFE_INTEGER) {
        throw invalid(path, "number too large", { expected: "an integer below 2⁵³", received: value });
      }
      this.#position += 1;
    }
    const length = this.#position - start;
    const leadingZero = length > 1 && this.#text.charCodeAt(start) === ZERO;
    if (length === 0 || leadingZero || ".eE".includes(this.#text.charAt(this.#position) || "?")) {
      this.#position = start;
      throw this.#unexpected(path, "an integer ≥ 0");
    }
    return value;
  }

  /** Refuses anything but white space after the value. */
  end(path: string): void {
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.#unexpected(path, "nothing after the closing brace");
  }

  #skipSpace(): void {
    while (" \t\n\r".includes(this.#text.charAt(this.#position) || "?")) this.#position += 1;
  }

  #accept(token: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#position) !== token) return false;
    this.#position += 1;
    return true;
  }

  #expect(token: string, path: string, expected: string): void {
    if (!this.#accept(token)) throw this.#unexpected(path, expected);
  }

  #unexpected(path: string, expected: string): Error {
    const atEnd = this.#position >= this.#text.length;
    const what = atEnd ? "the header ends too soon" : `unexpected text at character ${this.#position}`;
    return invalid(path, what, {
      expected,
      ...(atEnd ? {} : { received: this.#text.slice(this.#position, this.#position + 20) }),
    });
  }
}

const SPACE = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

function unescape(token: string, path: string): string {
  let value: unknown;
  try {
    value = JSON.parse(token);
  } catch (cause) {
    throw invalid(path, "bad escape in a string", { received: token, cause });
  }
  if (typeof value !== "string" || !isWellFormed(value)) {
    throw invalid(path, "lone surrogate in a string", { received: token });
  }
  return value;
}
