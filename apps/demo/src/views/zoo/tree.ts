import type { SummaryEntry } from "@isoconv/zoo";

/** A visible line of the summary. */
export interface TreeLine {
  readonly entry: SummaryEntry;
  /** Nesting depth: 0 for the outermost modules. */
  readonly level: number;
  /** The last part of the path. */
  readonly name: string;
  readonly isOpen: boolean;
}

/** The lines of a tree with modules open down to `depth`, except those that the reader opened or closed. */
export function treeLines(
  entries: readonly SummaryEntry[],
  depth: number,
  turned: ReadonlySet<string>,
): readonly TreeLine[] {
  const lines = (entry: SummaryEntry, level: number, parent: string): readonly TreeLine[] => {
    const name =
      parent !== "" && entry.path.startsWith(`${parent}.`) ? entry.path.slice(parent.length + 1) : entry.path;
    const isOpen = entry.children.length > 0 && level + 1 < depth !== turned.has(entry.path);
    const inside = isOpen ? entry.children.flatMap((child) => lines(child, level + 1, entry.path)) : [];
    return [{ entry, level, name, isOpen }, ...inside];
  };
  return entries.flatMap((entry) => lines(entry, 0, ""));
}

/** How many levels a tree has. */
export function depthOf(entries: readonly SummaryEntry[]): number {
  return entries.length === 0 ? 0 : 1 + Math.max(...entries.map(({ children }) => depthOf(children)));
}

/** More lines than this are hard to read and slow to draw. */
const READABLE_LINES = 60;

/** The deepest level whose tree still has few lines. */
export function readableDepth(entries: readonly SummaryEntry[]): number {
  const deepest = depthOf(entries);
  let depth = 1;
  while (depth < deepest && treeLines(entries, depth + 1, new Set()).length <= READABLE_LINES) depth += 1;
  return depth;
}
