/** Whether an id matches one of the globs. `*` matches anything within a segment, `**` matches anything. */
export function matchesAny(globs: readonly string[], id: string): boolean {
  return globs.some((glob) => matcherOf(glob)(id));
}

/** What `matchesAny` asks of one glob, prepared for many ids. */
export function matcherOf(glob: string): (id: string) => boolean {
  if (!glob.includes("*")) return (id) => id === glob;
  const pattern = toPattern(glob);
  return (id) => pattern.test(id);
}

/** Whether an id with this prefix can match one of the globs. */
export function mayMatch(globs: readonly string[], prefix: string): boolean {
  return globs.some((glob) => reads(glob, prefix));
}

/** Whether a glob can match a text that starts with this one. */
function reads(glob: string, text: string): boolean {
  if (!glob.includes("*")) return glob.startsWith(text);
  if (text === "") return true;
  if (glob.startsWith("**")) return true;
  if (glob.startsWith("*")) return reads(glob.slice(1), text) || (text[0] !== "/" && reads(glob, text.slice(1)));
  return glob[0] === text[0] && reads(glob.slice(1), text.slice(1));
}

const SPECIAL = /[.+?^${}()|[\]\\]/g;

function toPattern(glob: string): RegExp {
  const source = glob
    .split("**")
    .map((part) => part.replaceAll(SPECIAL, String.raw`\$&`).replaceAll("*", "[^/]*"))
    .join(".*");
  return new RegExp(`^${source}$`, "u");
}
