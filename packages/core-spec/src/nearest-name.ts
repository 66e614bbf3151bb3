/**
 * The candidate that takes the fewest insertions and deletions, ignoring case; undefined if less than half of the
 * letters match. A prefix up to a slash may be omitted without cost: `lenet` matches `d2l/lenet` exactly.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .flatMap((candidate) =>
      [candidate, candidate.slice(candidate.lastIndexOf("/") + 1)].map((spelling) => ({
        candidate,
        spelling,
        distance: editDistance(name.toLowerCase(), spelling.toLowerCase()),
      })),
    )
    .filter(({ spelling, distance }) => distance <= (name.length + spelling.length) / 2)
    .toSorted((a, b) => a.distance - b.distance || a.candidate.length - b.candidate.length);
  return best?.candidate;
}

/** Only insertions and deletions, so that a missing suffix is nearer than another word; computed row by row. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line += 1) {
    const row = [line];
    for (let column = 1; column <= b.length; column += 1) {
      const kept = a[line - 1] === b[column - 1] ? above[column - 1] : Infinity;
      row.push(Math.min(kept, above[column] + 1, row[column - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}

/** The hint of an error about an unknown name: the nearest name or, if none is near, `otherwise`. */
export function didYouMean(name: unknown, candidates: readonly string[], otherwise: string): string;
export function didYouMean(name: unknown, candidates: readonly string[], otherwise?: string): string | undefined;
export function didYouMean(name: unknown, candidates: readonly string[], otherwise?: string): string | undefined {
  const nearest = typeof name === "string" ? nearestName(name.slice(0, LONGEST), candidates) : undefined;
  return nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
}

/** The distance takes time proportional to the length of the name. */
const LONGEST = 256;
