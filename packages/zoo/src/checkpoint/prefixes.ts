/** Prefixes are module paths of at most this depth, so that hostile names do not take all memory. */
const DEEPEST = 8;

/** More prefixes than a file of a few networks has. */
const MOST = 64;

/** The prefixes, each with a dot at the end, that all names share; the shortest, which is empty, first. */
export function sharedPrefixes(names: readonly string[]): readonly string[] {
  const [first = "", ...others] = names;
  let shared = first;
  for (const name of others) {
    let length = 0;
    while (length < shared.length && shared[length] === name[length]) length += 1;
    shared = shared.slice(0, length);
  }
  return ["", ...prefixesOf(shared)];
}

/** The shortest prefixes that at least `least` names have, at most 64. */
export function frequentPrefixes(names: readonly string[], least: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) for (const prefix of prefixesOf(name)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .map(([prefix]) => prefix)
    .toSorted((a, b) => a.length - b.length)
    .slice(0, MOST);
}

function prefixesOf(name: string): readonly string[] {
  const prefixes: string[] = [];
  let dot = name.indexOf(".");
  while (dot !== -1 && prefixes.length < DEEPEST) {
    prefixes.push(name.slice(0, dot + 1));
    dot = name.indexOf(".", dot + 1);
  }
  return prefixes;
}
