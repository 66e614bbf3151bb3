/** The header's key for what is not a tensor. */
export const METADATA_KEY = "__metadata__";

// With the `u` flag a surrogate pair is one character, so this finds lone halves only.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a string is valid Unicode; a lone surrogate has no UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** Order of the names' UTF-8 bytes, which is that of their code points and not JavaScript's own. */
export function compareNames(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
