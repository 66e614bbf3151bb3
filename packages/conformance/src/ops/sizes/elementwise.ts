import type { OpName, Shape } from "@isoconv/core-spec";
import { every, ladder } from "../../families/size/ladder.js";
import { ofRank, recipe, type SizeRecipe } from "../../families/size/recipe.js";

/** Kernels of one element at a time see the elements and the row; a height is one more factor of the elements. */
const roles = {
  batch: ladder(128),
  channels: ladder(4096),
  height: [...every(9), 31, 65, 257],
  width: ladder(4096),
  rank: every(8),
};

interface AnyRow {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly rank: number;
}

/** A shape of the rank: channels are axis 1, height and width the last ones. */
function shapeOf({ channels, height, width, rank }: AnyRow): { readonly x: Shape; readonly unused: readonly string[] } {
  switch (rank) {
    case 1:
      return { x: ["N"], unused: ["channels", "height", "width"] };
    case 2:
      return { x: ["N", channels], unused: ["height", "width"] };
    case 3:
      return { x: ["N", channels, width], unused: ["height"] };
    default:
      return { x: ofRank(["N", channels, height, width], rank), unused: [] };
  }
}

/** Long vectors with a remainder: beyond a texture's side, a signed and an unsigned 16-bit index, and the caches. */
const vectors = [8193, 16_385, 32_769, 65_537, 131_073].map((channels) => ({ rank: 2, channels, batch: 1 }) as const);
/** Images with one large extent, and large images of odd extents. */
const images = [
  { rank: 4, channels: 65, height: 31, width: 33, batch: 1 },
  { rank: 4, channels: 3, height: 257, width: 255, batch: 1 },
  { rank: 4, channels: 4097, height: 1, width: 3, batch: 1 },
  { rank: 4, channels: 3, height: 2, width: 1025, batch: 1 },
  { rank: 4, channels: 5, height: 3, width: 2, batch: 129 },
  { rank: 3, channels: 3, width: 1025, batch: 1 },
  { rank: 8, channels: 129, height: 3, width: 65, batch: 1 },
] as const;

/** Lines whose batch grows to millions of elements. */
const line = { rank: 2, channels: 8193, batch: 3 } as const;

/** An operation of one operand of any shape. */
export const elementwise: SizeRecipe = recipe(
  { roles, choices: {} },
  (row) => {
    const { x, unused } = shapeOf(row);
    return { shapes: { x }, unused };
  },
  [...vectors, ...images],
  [line],
);

const partners = [
  "same shape",
  "one per channel",
  "one per image and channel",
  "one row",
  "one column",
  "one number",
  "of lower rank",
  "outer",
] as const;

/** The lowest rank with such a second operand. */
const leastRank: Readonly<Record<(typeof partners)[number], number>> = {
  "same shape": 1,
  "one per channel": 3,
  "one per image and channel": 3,
  "one row": 1,
  "one column": 3,
  "one number": 1,
  "of lower rank": 3,
  outer: 2,
};

/** The shapes of two operands, of which the second is broadcast; `undefined` if it needs a higher rank. */
function pairOf(partner: (typeof partners)[number], x: Shape): readonly [Shape, Shape] | undefined {
  if (x.length < leastRank[partner]) return undefined;
  const [n = 1, c = 1, ...rest] = x;
  const [row = 1, column = 1, ...others] = x.toReversed();
  const ones = rest.map(() => 1);
  switch (partner) {
    case "same shape":
      return [x, x];
    case "one per channel":
      return [x, [c, ...ones]];
    case "one per image and channel":
      return [x, [n, c, ...ones]];
    case "one row":
      return [x, [row]];
    case "one column":
      return [x, [column, 1]];
    case "one number":
      return [x, []];
    case "of lower rank":
      return [x, [column, row]];
    case "outer":
      return [
        [...x.slice(0, -1), 1],
        [1, ...others.map(() => 1), row],
      ];
  }
}

const broadcast = recipe(
  { roles, choices: { partner: partners, swapped: [false, true] } },
  ({ partner, swapped, ...row }) => {
    const { x, unused } = shapeOf(row);
    const pair = pairOf(partner, x);
    if (pair === undefined) return undefined;
    const [a, b] = pair;
    return { shapes: swapped ? { a: b, b: a } : { a, b }, unused };
  },
  [
    ...vectors.map((vector) => ({ ...vector, partner: "same shape" }) as const),
    { rank: 4, channels: 33, height: 56, width: 57, batch: 1, partner: "one per image and channel" },
    { rank: 4, channels: 5, height: 101, width: 99, batch: 1, partner: "one per channel" },
  ],
  [{ ...line, partner: "same shape" }],
);

export const arithmetic = {
  add: broadcast,
  mul: broadcast,
  prelu: recipe(
    { roles, choices: { slopes: ["per channel", "one"] } },
    (row) => {
      const { x, unused } = shapeOf(row);
      return { shapes: { x, slope: [row.slopes === "one" ? 1 : Number(x[1] ?? 1)] }, unused };
    },
    [
      ...vectors.map((vector) => ({ ...vector, slopes: "one" }) as const),
      { channels: 33, height: 56, width: 57, batch: 1, rank: 4 },
    ],
    [{ ...line, slopes: "one" }],
  ),
} satisfies Partial<Record<OpName, SizeRecipe>>;
