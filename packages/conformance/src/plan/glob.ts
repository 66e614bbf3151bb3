/** Whether an id matches one of the globs. `*` stands for anything within a segment, `**` for anything at all. */
export function matchesAny(globs: readonly string[], id: string): boolean {
  return globs.some((glob) => toPattern(glob).test(id));
}

const SPECIAL = /[.+?^${}()|[\]\\]/g;

function toPattern(glob: string): RegExp {
  const source = glob
    .split("**")
    .map((part) => part.replaceAll(SPECIAL, String.raw`\$&`).replaceAll("*", "[^/]*"))
    .join(".*");
  return new RegExp(`^${source}$`, "u");
}
