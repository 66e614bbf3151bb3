import type { OpName, Shape } from "@isoconv/core-spec";
import { every, ladder } from "../../families/size/ladder.js";
import { ofRank, recipe, type SizeRecipe } from "../../families/size/recipe.js";

const roles = {
  batch: ladder(256),
  outer: ladder(1024),
  extent: ladder(16_384),
  inner: ladder(1024),
  rank: every(8, 4),
};

/** Where the axis of the lines is: last, as of class scores; second, as of an image's channels; or between others. */
const places = ["last", "second", "between"] as const;

interface LineRow {
  readonly outer: number;
  readonly extent: number;
  readonly inner: number;
  readonly rank: number;
  readonly place: (typeof places)[number];
}

interface Lines {
  readonly x: Shape;
  readonly axis: number;
  readonly unused: readonly string[];
}

function linesOf({ outer, extent, inner, rank, place }: LineRow): Lines {
  switch (place) {
    case "last":
      return { x: ["N", outer, extent], axis: 2, unused: ["inner", "rank"] };
    case "second":
      return { x: ["N", extent, inner], axis: 1, unused: ["outer", "rank"] };
    case "between":
      return { x: ofRank(["N", outer, extent, inner], rank), axis: rank - 2, unused: [] };
  }
}

/** Long lines, and many of them. */
const long = [
  { outer: 50, extent: 1536, place: "last", batch: 1 },
  { outer: 785, extent: 128, place: "last", batch: 1 },
  { extent: 21_843, outer: 1, place: "last", batch: 1 },
  { extent: 65_537, outer: 1, place: "last", batch: 1 },
  // Several lines, of which one in four has special values.
  { extent: 90_001, outer: 5, place: "last", batch: 1 },
  { outer: 1030, extent: 509, place: "last", batch: 1 },
  { extent: 4097, inner: 9, place: "second", batch: 1 },
] as const;

/** Lines of many orders of magnitude, whose batch grows to millions of elements. */
const various = { extent: 14_001, outer: 1, place: "last", batch: 56 } as const;

const alongAxis = recipe(
  { roles, choices: { place: places }, sets: ["axis"] },
  (row) => {
    const { x, axis, unused } = linesOf(row);
    return { shapes: { x }, attrs: { axis }, unused };
  },
  long,
  [various],
);

/** Operations on the lines of an axis. */
export const lines = {
  softmax: alongAxis,
  logSoftmax: alongAxis,
  layerNorm: recipe(
    { roles, choices: { place: places, scale: [true, false], offset: [true, false] }, sets: ["axis"] },
    (row) => {
      const { x, axis, unused } = linesOf(row);
      const each = [row.extent];
      return {
        shapes: { x, scale: row.scale ? each : undefined, offset: row.offset ? each : undefined },
        attrs: { axis },
        unused,
      };
    },
    long,
    [various],
  ),
  mean: recipe(
    {
      roles: {
        batch: ladder(256),
        channels: ladder(4096),
        height: ladder(1024),
        width: ladder(1024),
        rank: every(8, 4),
      },
      choices: { over: ["image", "channels", "height", "width", "all", "channels and width"] },
      sets: ["axes"],
    },
    ({ channels, height, width, rank, over }) => {
      const axes = {
        image: [rank - 2, rank - 1],
        channels: [1],
        height: [rank - 2],
        width: [rank - 1],
        all: every(rank - 1),
        "channels and width": [1, rank - 1],
      }[over];
      return { shapes: { x: ofRank(["N", channels, height, width], rank) }, attrs: { axes } };
    },
    [
      { height: 255, width: 257, channels: 3, batch: 1, over: "image" },
      { channels: 65_537, height: 1, width: 3, batch: 1, over: "channels" },
      { channels: 2048, height: 7, width: 7, batch: 1, over: "image" },
    ],
    [{ channels: 1025, height: 2, width: 5, rank: 4, batch: 3, over: "height" }],
  ),
  linear: recipe(
    {
      roles: {
        batch: ladder(256),
        rows: ladder(4096),
        inFeatures: ladder(16_384),
        outFeatures: ladder(8192),
        rank: every(8, 2),
      },
      choices: { bias: [true, false] },
    },
    ({ rows, inFeatures, outFeatures, rank, bias }) => {
      const inner = [rows, 2, 1, 3, 1, 2].slice(0, rank - 2);
      return {
        shapes: {
          x: ["N", ...inner, inFeatures],
          w: [outFeatures, inFeatures],
          bias: bias ? [outFeatures] : undefined,
        },
        unused: rank === 2 ? ["rows"] : [],
      };
    },
    [
      { inFeatures: 25_089, outFeatures: 17, rank: 2, batch: 1 },
      { inFeatures: 257, outFeatures: 1001, rank: 2, batch: 1 },
      { inFeatures: 1025, outFeatures: 250, rank: 2, batch: 1 },
      { inFeatures: 97, outFeatures: 33, rows: 3136, rank: 3, batch: 1 },
      { inFeatures: 3, outFeatures: 1025, rows: 1023, rank: 3, batch: 1 },
      { inFeatures: 1, outFeatures: 257, rows: 1025, rank: 3, batch: 1 },
      // Long sums and large weights, each with and without a remainder.
      { inFeatures: 25_088, outFeatures: 17, rank: 2, batch: 1, bias: false },
      { inFeatures: 1551, outFeatures: 17, rank: 2, batch: 2, bias: false },
      { inFeatures: 1552, outFeatures: 1025, rank: 2, batch: 1 },
      { inFeatures: 2048, outFeatures: 1600, rank: 2, batch: 1, bias: false },
      { inFeatures: 785, outFeatures: 4097, rank: 2, batch: 1 },
    ],
    [{ inFeatures: 3, outFeatures: 1025, rows: 9, rank: 3, batch: 3 }],
  ),
} satisfies Partial<Record<OpName, SizeRecipe>>;
