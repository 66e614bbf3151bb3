import type { DrawingEdge } from "../drawing.js";
import type { BoxSize } from "./geometry.js";
import { linksOf, reverse, type Links } from "./links.js";

/** A position in a rank: a box, or a lane for edges that pass the rank. */
export interface Cell extends BoxSize {
  readonly rank: number;
  /** For a lane: the box whose edges it carries, and whether that box also feeds boxes that the lane bypasses. */
  readonly lane?: { readonly source: string; readonly bypasses: boolean };
}

const LANE_WIDTH = 10;

/** Cells by rank, and the edges as steps from each rank to the next. */
interface Ranked {
  readonly ranks: readonly (readonly Cell[])[];
  readonly links: Links;
}

/** Puts each box one rank after its last input, and lanes in the ranks that edges pass. */
export function rankBoxes(boxes: readonly BoxSize[], edges: readonly DrawingEdge[]): Ranked {
  const targets = linksOf(edges);
  const sources = reverse(targets);
  const rankOf = new Map<string, number>();
  for (const { id } of boxes) {
    const before = (sources.get(id) ?? []).map((source) => rankOf.get(source) ?? 0);
    rankOf.set(id, 1 + Math.max(-1, ...before));
  }

  const ranks: Cell[][] = Array.from({ length: 1 + Math.max(-1, ...rankOf.values()) }, () => []);
  for (const box of boxes) {
    const rank = rankOf.get(box.id) ?? 0;
    ranks[rank]?.push({ ...box, rank });
  }
  const steps: DrawingEdge[] = [];
  for (const { id } of boxes) {
    const rank = rankOf.get(id) ?? 0;
    const ends = targets.get(id) ?? [];
    const last = Math.max(rank, ...ends.map((end) => rankOf.get(end) ?? 0));
    // The cells that carry the value from this rank on: the box, then its lanes.
    const carriers = [id];
    for (let passed = rank + 1; passed < last; passed += 1) {
      const lane = `${id} passes ${passed}`;
      const cell = { id: lane, width: LANE_WIDTH, height: 0, rank: passed };
      ranks[passed]?.push({ ...cell, lane: { source: id, bypasses: ends.length > 1 } });
      steps.push({ from: carriers.at(-1) ?? id, to: lane });
      carriers.push(lane);
    }
    for (const end of ends) steps.push({ from: carriers[(rankOf.get(end) ?? 0) - 1 - rank] ?? id, to: end });
  }
  return { ranks, links: linksOf(steps) };
}
