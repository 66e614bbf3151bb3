import { uniform } from "@isoconv/core-spec";
import { choiceKey, type Choice } from "../matrix/axes.js";
import type { Axes } from "../matrix/covering-array.js";
import { bandOf as extentBandOf, boundaryAt } from "./ladder.js";
import type { Roles, SizeRow } from "./recipe.js";

/** What to cover, and how. */
export interface RowsToDraw {
  readonly roles: Roles;
  readonly choices: Axes<Choice>;
  readonly corners: readonly SizeRow[];
  /** Covers every boundary with both neighbours, not one of the three, and every pair of bands of two roles. */
  readonly thorough: boolean;
  /** What a row comes to; `undefined` for a row whose extents do not fit together. */
  readonly measure: (row: SizeRow) => Measured | undefined;
  readonly seed: number;
  readonly name: string;
}

/** A row that fits together. */
export interface Measured {
  /** Multiply-adds and elements. */
  readonly work: number;
  /** Roles that do not occur in its shapes. */
  readonly unused: readonly string[];
}

/** The most work of a row, unless a goal needs more. */
const USUAL_WORK = 2 ** 13;
/** The most work of any row, of few and of many. */
const MOST_WORK = { thinned: 2 ** 23, thorough: 2 ** 25 } as const;
/** Rows drawn for a goal, of which the best is kept. */
const CANDIDATES = 3;
/** How often parts of a row are drawn again until it fits. */
const ATTEMPTS = 48;
/** How often an extent is drawn from the smallest ones, and how many those are. */
const SMALL = 0.5;
const SMALLEST = 5;
/** Draws of an image's side, of which the first odd one above 1 is taken: 1 hides an order, and even ones a remainder. */
const DRAWS = 5;

/**
 * Draws rows until every goal occurs in one: every extent of every role, and every option of every choice with every band
 * of every role. A goal that no row within the work meets is given up. The same arguments give the same rows.
 */
export function drawRows(todo: RowsToDraw): readonly SizeRow[] {
  const next = stream(todo.seed, todo.name);
  const rows: SizeRow[] = [];
  const met = new Set<string>();
  const keep = (found: Found | undefined): void => {
    if (found === undefined) return;
    rows.push(found.row);
    for (const key of found.keys) met.add(key);
  };
  for (const corner of todo.corners) keep(best(corner, todo, next, met));
  for (const [key, goal] of goalsOf(todo, next)) {
    if (met.has(key)) continue;
    keep(best(goal, todo, next, met));
    // A goal without a row is not tried again.
    met.add(key);
  }
  return rows;
}

/** The band of an extent; each rank is one of its own, for runtimes have kernels by rank. */
function bandOf(role: string, extent: number): number {
  return role === "rank" ? extent : extentBandOf(extent);
}

/** Two options, such as with and without a bias, are tried at every boundary; more options in every band. */
function bandFor(role: string, extent: number, options: readonly Choice[]): string {
  const boundary = options.length === 2 && role !== "rank" ? boundaryAt(extent) : undefined;
  return boundary === undefined ? String(bandOf(role, extent)) : `2^${Math.log2(boundary)}`;
}

/** The parts of rows to cover, by key. */
function* goalsOf({ roles, choices, thorough }: RowsToDraw, next: () => number): Generator<readonly [string, SizeRow]> {
  for (const [role, extents] of Object.entries(roles)) {
    // The largest first: their rows meet goals of small extents as well.
    const wanted = thorough ? extents : thinned(extents, next);
    for (const extent of wanted.toReversed()) yield [singleKey(role, extent), { [role]: extent }];
  }
  for (const [role, extents] of Object.entries(roles)) {
    for (const extent of extents.toReversed()) {
      for (const [choice, options] of Object.entries(choices)) {
        for (const option of options) {
          yield [
            choiceOfBandKey(role, bandFor(role, extent, options), choice, option),
            { [role]: extent, [choice]: option },
          ];
        }
      }
      if (!thorough) continue;
      for (const [other, others] of Object.entries(roles)) {
        if (other <= role) continue;
        for (const partner of others) {
          yield [bandsKey(role, extent, other, partner), { [role]: extent, [other]: partner }];
        }
      }
    }
  }
}

/**
 * Small extents, all around the last boundary, and of those between the one above, which has a remainder for every vector
 * and tile and wraps every index of the boundary's width; at half of them the boundary as well, which has none.
 */
function thinned(extents: readonly number[], next: () => number): readonly number[] {
  const last = extents[extents.length - 1];
  return extents.filter((extent) => {
    const boundary = boundaryAt(extent);
    if (boundary === undefined || boundary <= 8 || last <= boundary + 1) return true;
    return extent === boundary + 1 || (extent === boundary && next() < 0.5);
  });
}

const singleKey = (role: string, extent: number): string => `${role}=${extent}`;
const choiceOfBandKey = (role: string, band: string, choice: string, option: Choice | undefined): string =>
  `${role}~${band}|${choice}=${choiceKey(option)}`;
const bandsKey = (role: string, extent: number, other: string, partner: number): string =>
  `${role}~${bandOf(role, extent)}|${other}~${bandOf(other, partner)}`;

/** The goals that a row meets. */
function keysOf(row: SizeRow, { unused }: Measured, { roles, choices, thorough }: RowsToDraw): readonly string[] {
  const names = Object.keys(roles).filter((role) => !unused.includes(role));
  return names.flatMap((role) => {
    const extent = Number(row[role]);
    return [
      singleKey(role, extent),
      ...Object.entries(choices).map(([choice, options]) =>
        choiceOfBandKey(role, bandFor(role, extent, options), choice, row[choice]),
      ),
      ...(thorough ? names.filter((other) => other > role) : []).map((other) =>
        bandsKey(role, extent, other, Number(row[other])),
      ),
    ];
  });
}

interface Found {
  readonly row: SizeRow;
  readonly keys: readonly string[];
}

/** The best of some drawn rows with the given part, within as little work as the part allows. */
function best(part: SizeRow, todo: RowsToDraw, next: () => number, met: ReadonlySet<string>): Found | undefined {
  const most = todo.thorough ? MOST_WORK.thorough : MOST_WORK.thinned;
  for (let limit = USUAL_WORK; limit <= most; limit *= 4) {
    let found: Found | undefined;
    let highest = -1;
    for (let attempt = 0; attempt < CANDIDATES; attempt += 1) {
      const candidate = fitted(part, todo, next, limit);
      if (candidate === undefined) continue;
      const gain = candidate.keys.filter((key) => !met.has(key)).length;
      if (gain > highest) [found, highest] = [candidate, gain];
    }
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Draws a row with the given part, and draws parts of it again until it fits together within the limit. */
function fitted(part: SizeRow, todo: RowsToDraw, next: () => number, limit: number): Found | undefined {
  const { roles, choices, measure } = todo;
  const pick = <T>(options: readonly T[]): T => options[Math.floor(next() * options.length)];
  const free = Object.keys(roles).filter((role) => part[role] === undefined);
  const row: Record<string, Choice> = { ...part };
  const draw = (role: string): number => {
    const extents = next() < SMALL ? roles[role].slice(0, SMALLEST) : roles[role];
    const drawn = Array.from({ length: role === "height" || role === "width" ? DRAWS : 1 }, () => pick(extents));
    return drawn.find((extent) => extent > 1 && extent % 2 === 1) ?? drawn[0];
  };
  for (const role of free) row[role] = draw(role);
  const choose = (): void => {
    for (const [choice, options] of Object.entries(choices))
      if (part[choice] === undefined) row[choice] = pick(options);
  };
  choose();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const measured = measure(row);
    if (measured === undefined) {
      if (free.length > 0) {
        const role = pick(free);
        row[role] = draw(role);
      }
      choose();
    } else if (measured.unused.some((role) => part[role] !== undefined)) choose();
    else if (measured.work <= limit) return { row, keys: keysOf(row, measured, todo) };
    else {
      const largest = free.reduce<string | undefined>(
        (most, role) => (most === undefined || Number(row[role]) > Number(row[most]) ? role : most),
        undefined,
      );
      if (largest === undefined || row[largest] === roles[largest][0]) return undefined;
      const present = Number(row[largest]);
      row[largest] = pick(roles[largest].filter((extent, k) => k === 0 || extent <= present / 3));
    }
  }
  return undefined;
}

const CHUNK = 4096;

/** Random numbers of [0, 1). */
function stream(seed: number, name: string): () => number {
  let chunk = 0;
  let at = CHUNK;
  let numbers: Float32Array = new Float32Array();
  return () => {
    if (at === CHUNK) {
      numbers = uniform(seed, `${name}/${chunk}`, CHUNK, 0, 1);
      [chunk, at] = [chunk + 1, 0];
    }
    at += 1;
    return numbers[at - 1];
  };
}
