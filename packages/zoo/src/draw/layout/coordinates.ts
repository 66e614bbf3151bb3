import { reverse, type Links } from "./links.js";
import type { Cell } from "./ranks.js";

const BOX_GAP = 24;
const LANE_GAP = 14;

/** The weight of a cell's wished position: branches run straight, and lanes that bypass them are bent. */
const weightOf = ({ lane }: Cell): number => (lane?.bypasses === true ? 0.001 : 1);

/**
 * The number of sweeps, after which positions hardly change; the last goes down, so that boxes are below their inputs.
 */
const SWEEPS = 13;

/**
 * Positions the centres of the cells within the ranks near their neighbours in other ranks, in order and without
 * overlap.
 */
export function spreadCells(
  ranks: readonly (readonly Cell[])[],
  links: Links,
): { readonly centres: ReadonlyMap<string, number>; readonly width: number } {
  const centres = new Map<string, number>();
  const cells = new Map(ranks.flat().map((cell) => [cell.id, cell]));
  const back = reverse(links);
  const placeRank = (rank: readonly Cell[], wishOf: (cell: Cell) => number): void => {
    for (const [index, centre] of settle(rank, rank.map(wishOf)).entries()) {
      const cell = rank[index];
      if (cell !== undefined) centres.set(cell.id, centre);
    }
  };
  for (const rank of ranks) placeRank(rank, () => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const joined = isDown ? back : links;
    for (const rank of isDown ? ranks : ranks.toReversed()) {
      placeRank(rank, ({ id }) => {
        const near = (joined.get(id) ?? []).flatMap((other) => cells.get(other) ?? []);
        const weight = near.reduce((sum, cell) => sum + weightOf(cell), 0);
        if (weight === 0) return centres.get(id) ?? 0;
        return near.reduce((sum, cell) => sum + weightOf(cell) * (centres.get(cell.id) ?? 0), 0) / weight;
      });
    }
  }
  const left = Math.min(...[...cells.values()].map(({ id, width }) => (centres.get(id) ?? 0) - width / 2));
  const right = Math.max(...[...cells.values()].map(({ id, width }) => (centres.get(id) ?? 0) + width / 2));
  return { centres: new Map([...centres].map(([id, centre]) => [id, centre - left])), width: right - left };
}

/** Neighbours at the smallest allowed distance, which therefore move together. */
interface Group {
  readonly count: number;
  readonly weight: number;
  /** The wished position of the group's first cell, averaged over the group. */
  readonly wish: number;
}

/**
 * Centres with the least weighted squared distance from the wishes that the order and the gaps allow: isotonic
 * regression by pooling neighbours that would overlap (Ayer and others, 1955).
 */
function settle(rank: readonly Cell[], wishes: readonly number[]): readonly number[] {
  const offsets: number[] = [];
  for (const [index, cell] of rank.entries()) {
    const before = rank[index - 1];
    offsets.push(before === undefined ? 0 : (offsets[index - 1] ?? 0) + distance(before, cell));
  }
  const groups: Group[] = [];
  for (const [index, cell] of rank.entries()) {
    let group: Group = { count: 1, weight: weightOf(cell), wish: (wishes[index] ?? 0) - (offsets[index] ?? 0) };
    for (let before = groups.at(-1); before !== undefined && before.wish >= group.wish; before = groups.at(-1)) {
      groups.pop();
      const weight = before.weight + group.weight;
      const wish = (before.wish * before.weight + group.wish * group.weight) / weight;
      group = { count: before.count + group.count, weight, wish };
    }
    groups.push(group);
  }
  return groups
    .flatMap(({ count, wish }) => Array.from({ length: count }, () => wish))
    .map((wish, index) => wish + (offsets[index] ?? 0));
}

function distance(a: Cell, b: Cell): number {
  const gap = a.lane === undefined && b.lane === undefined ? BOX_GAP : LANE_GAP;
  return (a.width + b.width) / 2 + gap;
}
