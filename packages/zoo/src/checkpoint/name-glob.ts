/**
 * What each `*` of a glob stands for in a name, from the left; undefined if the name does not match. A `*` stands for
 * any characters, dots too: as few as possible, the last one for the rest. A regular expression would take quadratic
 * time on the names of a hostile file.
 */
export function matchGlob(glob: string, name: string): readonly string[] | undefined {
  const [first = "", ...parts] = glob.split("*");
  const last = parts.pop();
  if (last === undefined) return name === glob ? [] : undefined;
  if (!name.startsWith(first)) return undefined;
  const stars: string[] = [];
  let position = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, position);
    if (found === -1) return undefined;
    stars.push(name.slice(position, found));
    position = found + part.length;
  }
  const end = name.length - last.length;
  return end >= position && name.endsWith(last) ? [...stars, name.slice(position, end)] : undefined;
}

/** The glob with each `*` replaced by what it stands for, from the left. */
export function fillGlob(glob: string, stars: readonly string[]): string {
  return glob
    .split("*")
    .map((part, index) => (index === 0 ? "" : (stars[index - 1] ?? "")) + part)
    .join("");
}

/** How many `*` a glob has. */
export function starsOf(glob: string): number {
  return glob.split("*").length - 1;
}
