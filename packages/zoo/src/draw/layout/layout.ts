import type { DrawingEdge } from "../drawing.js";
import { spreadCells } from "./coordinates.js";
import type { BoxSize, Direction, Layout, Point } from "./geometry.js";
import { orderRanks } from "./order.js";
import { rankBoxes, type Cell } from "./ranks.js";
import { routeWires, type PlacedCell, type Row } from "./wires.js";

/** The distance between two ranks of boxes. */
const RANK_GAP = 34;

/**
 * Places boxes in ranks so that every edge leads from one rank to a later one and crosses no box in between.
 *
 * The layered method of Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures
 * (1981): ranks by the longest path, lanes for edges that pass ranks, order by barycentres, then positions. All edges
 * of one box share their lanes.
 *
 * @param boxes in an order in which every edge leads forward
 */
export function layout(boxes: readonly BoxSize[], edges: readonly DrawingEdge[], direction: Direction): Layout {
  const turned = direction === "right" ? boxes.map(turnSize) : boxes;
  const placed = layoutDown(turned, edges);
  return direction === "right" ? turnLayout(placed) : placed;
}

function layoutDown(boxes: readonly BoxSize[], edges: readonly DrawingEdge[]): Layout {
  const { ranks, links } = rankBoxes(boxes, edges);
  const ordered = orderRanks(ranks, links);
  const { centres, width } = spreadCells(ordered, links);
  const rows: Row[] = [];
  for (const cells of ordered) {
    const top = rows.length === 0 ? 0 : (rows.at(-1)?.bottom ?? 0) + RANK_GAP;
    rows.push({ top, bottom: top + Math.max(0, ...cells.map(({ height }) => height)) });
  }
  const cells = new Map(ordered.flat().map((cell) => [cell.id, placeCell(cell, centres, rows)]));
  return {
    width,
    height: rows.at(-1)?.bottom ?? 0,
    boxes: boxes.flatMap(({ id }) => cells.get(id)?.box ?? []),
    wires: routeWires(cells, links, edges),
  };
}

function placeCell(cell: Cell, centres: ReadonlyMap<string, number>, rows: readonly Row[]): PlacedCell {
  const { id, width, height, rank, lane } = cell;
  const row = rows[rank] ?? { top: 0, bottom: 0 };
  const centre = centres.get(id) ?? 0;
  // A lane extends over the whole row.
  const y = lane === undefined ? (row.top + row.bottom - height) / 2 : row.top;
  const box = { id, width, height: lane === undefined ? height : row.bottom - row.top, x: centre - width / 2, y };
  return { cell, row, centre, box };
}

function turnSize({ id, width, height }: BoxSize): BoxSize {
  return { id, width: height, height: width };
}

function turnPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

/** Mirrors a downward drawing into one to the right. */
function turnLayout({ width, height, boxes, wires }: Layout): Layout {
  return {
    width: height,
    height: width,
    boxes: boxes.map((box) => ({ ...turnSize(box), ...turnPoint(box) })),
    wires: wires.map((wire) => ({
      ...wire,
      pieces: wire.pieces.map(({ from, to, arrives }) => ({ from: turnPoint(from), to: turnPoint(to), arrives })),
    })),
  };
}
