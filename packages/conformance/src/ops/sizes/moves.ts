import { type OpName, type Shape } from "@isoconv/core-spec";
import { every, ladder } from "../../families/size/ladder.js";
import { filling, ofRank, recipe, type SizeRecipe } from "../../families/size/recipe.js";

const ranks = every(8, 2);
/** Extents whose product stays small. */
const short = every(5);

const permutations = [
  "reversed",
  "rotated left",
  "rotated right",
  "first two",
  "last two",
  "outermost inward",
] as const;

/** The permutation of the axes after the batch. */
function permute(rank: number, how: (typeof permutations)[number]): readonly number[] {
  const inner = every(rank - 1);
  const [first = 0, second = first, ...rest] = inner;
  const moved = {
    reversed: inner.toReversed(),
    "rotated left": [...inner.slice(1), first],
    "rotated right": [...inner.slice(-1), ...inner.slice(0, -1)],
    "first two": inner.length < 2 ? inner : [second, first, ...rest],
    "last two": inner.length < 2 ? inner : [...inner.slice(0, -2), ...inner.slice(-2).toReversed()],
    "outermost inward": [...inner.slice(1, -1), first, ...inner.slice(1).slice(-1)],
  }[how];
  return [0, ...moved];
}

const image = ({ channels, height, width, rank }: RankedRow): Shape => ofRank(["N", channels, height, width], rank);
const imageRoles = {
  batch: ladder(256),
  channels: ladder(4096),
  height: ladder(1024),
  width: ladder(1024),
  rank: every(8, 4),
};

interface RankedRow {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly rank: number;
}

/** Images whose batch grows to millions of elements. */
const some = { height: 33, width: 31, channels: 5, rank: 4, batch: 3 } as const;

/** Operations that move elements. */
export const moves = {
  concat: recipe(
    {
      roles: {
        batch: ladder(64),
        operands: [...every(9), 15, 16, 17, 31, 32, 33, 49, 63, 64, 65],
        outer: ladder(1024),
        extent: ladder(4096),
        inner: ladder(1024),
        rank: every(8, 4),
      },
      choices: { place: ["first", "middle", "last", "only"], equal: [true, false] },
      sets: ["axis"],
    },
    ({ operands, outer, extent, inner, rank, place, equal }) => {
      // Different extents, so that an offset of the wrong operand shows.
      const extents = every(operands).map((k) =>
        equal || k === 1 ? extent : Math.max(1, (extent * k) % (extent + 2)),
      );
      switch (place) {
        case "first":
          return {
            shapes: { xs: extents.map((own): Shape => ["N", own, inner]) },
            attrs: { axis: 1 },
            unused: ["outer", "rank"],
          };
        case "middle":
          return {
            shapes: { xs: extents.map((own) => ofRank(["N", outer, own, inner], rank)) },
            attrs: { axis: rank - 2 },
          };
        case "last":
          return {
            shapes: { xs: extents.map((own): Shape => ["N", outer, own]) },
            attrs: { axis: 2 },
            unused: ["inner", "rank"],
          };
        case "only":
          return {
            shapes: { xs: extents.map((own): Shape => [own]) },
            attrs: { axis: 0 },
            unused: ["batch", "outer", "inner", "rank"],
          };
      }
    },
    [
      { operands: 3, extent: 33, inner: 1023, place: "first", batch: 1 },
      { operands: 49, extent: 33, inner: 17, place: "first", batch: 1 },
      { operands: 2, extent: 33, inner: 3137, place: "first", batch: 1 },
    ],
    [{ operands: 3, extent: 33, inner: 93, place: "first", batch: 3 }],
  ),
  slice: recipe(
    {
      roles: { ...imageRoles, start: [0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 65, 129], cut: [0, 1, 2, 3, 4, 7, 8, 16] },
      choices: { along: ["channels", "height", "width"], both: [false, true] },
      sets: ["axes", "starts", "ends"],
    },
    (row) => {
      const x = image(row);
      const last = x.length - 1;
      const axis = { channels: 1, height: last - 1, width: last }[row.along];
      const axes = [axis, ...(row.both ? [axis === last ? 1 : last] : [])];
      if (axes.some((axis) => row.start + row.cut >= Number(x[axis]))) return undefined;
      return {
        shapes: { x },
        attrs: { axes, starts: axes.map(() => row.start), ends: axes.map((axis) => Number(x[axis]) - row.cut) },
      };
    },
    [
      { height: 257, width: 255, channels: 5, batch: 1 },
      { height: 28, width: 29, channels: 488, batch: 1, along: "channels", start: 244, cut: 0 },
    ],
    [{ height: 33, width: 31, channels: 6, batch: 3, rank: 4, along: "channels", start: 1, cut: 0 }],
  ),
  reshape: recipe(
    {
      roles: { ...imageRoles },
      choices: { to: ["lines", "one line", "transposed extents", "more axes"] },
      sets: ["shape"],
    },
    (row) => {
      const { channels, height, width } = row;
      const shape = {
        lines: [-1, channels * filling(row.rank), height * width],
        "one line": [-1, channels * filling(row.rank) * height * width],
        "transposed extents": [-1, width, height, channels * filling(row.rank)],
        "more axes": [-1, 1, channels, filling(row.rank), height, 1, width],
      }[row.to];
      return { shapes: { x: image(row) }, attrs: { shape } };
    },
    [{ height: 256, width: 257, channels: 3, batch: 1 }],
    [{ ...some, to: "lines" }],
  ),
  flatten: recipe(
    { roles: imageRoles, choices: { from: ["channels", "height", "width"] }, sets: ["axis"] },
    (row) => {
      const x = image(row);
      const axis = { channels: 1, height: x.length - 2, width: x.length - 1 }[row.from];
      return { shapes: { x }, attrs: { axis } };
    },
    [
      { height: 7, width: 7, channels: 513, batch: 1 },
      { height: 256, width: 257, channels: 3, batch: 1 },
    ],
    [{ ...some, from: "channels" }],
  ),
  transpose: recipe(
    {
      roles: { batch: ladder(64), rank: ranks, first: ladder(2048), second: ladder(2048), last: ladder(1024) },
      choices: { order: permutations },
      sets: ["permutation"],
    },
    ({ rank, first, second, last, order }) => {
      const inner = [first, second, 2, 1, 3, 1].slice(0, rank - 2);
      return {
        shapes: { x: ["N", ...inner, last] },
        attrs: { permutation: permute(rank, order) },
        unused: ["first", "second"].slice(rank - 2),
      };
    },
    [
      { rank: 3, first: 1023, last: 513, order: "reversed", batch: 1 },
      { rank: 3, first: 1024, last: 512, order: "reversed", batch: 1 },
      { rank: 4, first: 257, second: 31, last: 33, order: "rotated left", batch: 1 },
      { rank: 4, first: 28, second: 29, last: 193, order: "rotated right", batch: 1 },
      ...short.map((first) => ({ rank: 6, first, second: 9, last: 17, batch: 1 })),
    ],
    [{ rank: 4, first: 5, second: 33, last: 31, order: "rotated left", batch: 3 }],
  ),
} satisfies Partial<Record<OpName, SizeRecipe>>;
