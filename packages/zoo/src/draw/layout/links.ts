import type { DrawingEdge } from "../drawing.js";

/** The targets of each id, in the order of the edges. */
export type Links = ReadonlyMap<string, readonly string[]>;

export function linksOf(edges: readonly DrawingEdge[]): Links {
  const links = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = links.get(from);
    if (known === undefined) links.set(from, [to]);
    else known.push(to);
  }
  return links;
}

/** The links reversed. */
export function reverse(links: Links): Links {
  return linksOf([...links].flatMap(([from, ends]) => ends.map((end) => ({ from: end, to: from }))));
}
