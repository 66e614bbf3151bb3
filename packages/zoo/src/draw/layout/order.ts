import { reverse, type Links } from "./links.js";
import type { Cell } from "./ranks.js";

/** The number of sweeps, after which the order hardly changes; the last goes down, like the drawing. */
const SWEEPS = 5;

/**
 * Orders the cells of each rank by the mean position of their neighbours in the previous rank, then in the next,
 * alternately, so that few edges cross. In a tie boxes stay left of lanes.
 */
export function orderRanks(ranks: readonly (readonly Cell[])[], links: Links): readonly (readonly Cell[])[] {
  const ordered = ranks.map((cells) =>
    cells.toSorted((a, b) => Number(a.lane !== undefined) - Number(b.lane !== undefined)),
  );
  const back = reverse(links);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (let step = 1; step < ordered.length; step += 1) {
      const rank = isDown ? step : ordered.length - 1 - step;
      const beside = ordered[isDown ? rank - 1 : rank + 1] ?? [];
      ordered[rank] = sortByBarycentre(ordered[rank] ?? [], beside, isDown ? back : links);
    }
  }
  return ordered;
}

function sortByBarycentre(cells: readonly Cell[], beside: readonly Cell[], joined: Links): Cell[] {
  const places = new Map(beside.map(({ id }, index) => [id, index]));
  const keyed = cells.map((cell, index) => {
    const near = (joined.get(cell.id) ?? []).flatMap((id) => places.get(id) ?? []);
    // A cell without neighbours on this side keeps its relative position.
    const alone = (index / Math.max(1, cells.length - 1)) * (beside.length - 1);
    return { cell, key: near.length === 0 ? alone : near.reduce((sum, place) => sum + place, 0) / near.length };
  });
  return keyed.toSorted((a, b) => a.key - b.key).map(({ cell }) => cell);
}
