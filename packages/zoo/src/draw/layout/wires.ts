import type { DrawingEdge } from "../drawing.js";
import type { PlacedBox, Wire, WirePiece } from "./geometry.js";
import { linksOf, type Links } from "./links.js";
import type { Cell } from "./ranks.js";

/** The strip that contains the boxes of a rank. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedCell {
  readonly cell: Cell;
  readonly row: Row;
  readonly centre: number;
  readonly box: PlacedBox;
}

/**
 * One wire for each box that feeds others: along its lanes through the rows, and in curves between rows, so that it
 * crosses no box.
 */
export function routeWires(
  cells: ReadonlyMap<string, PlacedCell>,
  links: Links,
  edges: readonly DrawingEdge[],
): readonly Wire[] {
  const pieces = new Map<string, WirePiece[]>();
  for (const placed of cells.values()) {
    const source = placed.cell.lane?.source ?? placed.cell.id;
    const own = piecesFrom(placed, cells, links);
    const known = pieces.get(source);
    if (known === undefined) pieces.set(source, [...own]);
    else known.push(...own);
  }
  return [...linksOf(edges)].map(([from, to]) => ({ from, to, pieces: pieces.get(from) ?? [] }));
}

/** The wire from a cell, along the rest of its row, to the cells it leads to. */
function piecesFrom(
  { cell, row, centre: x, box }: PlacedCell,
  cells: ReadonlyMap<string, PlacedCell>,
  links: Links,
): readonly WirePiece[] {
  const next = (links.get(cell.id) ?? []).flatMap((id) => cells.get(id) ?? []);
  if (next.length === 0) return [];
  const start = cell.lane === undefined ? box.y + box.height : row.top;
  const leave = { x, y: row.bottom };
  const into = next.flatMap((target): readonly WirePiece[] => {
    const enter = { x: target.centre, y: target.row.top };
    const isBox = target.cell.lane === undefined;
    const reaches = isBox && target.box.y === enter.y;
    const curve = { from: leave, to: enter, arrives: reaches };
    return isBox && !reaches
      ? [curve, { from: enter, to: { x: target.centre, y: target.box.y }, arrives: true }]
      : [curve];
  });
  return start === row.bottom ? into : [{ from: { x, y: start }, to: leave, arrives: false }, ...into];
}
