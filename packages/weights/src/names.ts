/** The header's only key that is not a tensor. */
export const METADATA_KEY = "__metadata__";

// With the `u` flag a surrogate pair is one character, so this matches only lone surrogates.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a string is valid Unicode; a lone surrogate has no UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** The order of the names' UTF-8 bytes. It equals the order of code points, which is not JavaScript's own order. */
export function compareNames(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
