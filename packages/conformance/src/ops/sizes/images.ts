import type { OpName, Shape } from "@isoconv/core-spec";
import { every, ladder } from "../../families/size/ladder.js";
import { recipe, type Roles, type SizeRecipe } from "../../families/size/recipe.js";

const roles = { batch: ladder(128), channels: ladder(4096), height: ladder(512), width: ladder(4096) };

interface ImageRow {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const image = ({ channels, height, width }: ImageRow): Shape => ["N", channels, height, width];

/** Images of many elements. */
const large = [
  { height: 256, width: 257, channels: 5, batch: 1 },
  { height: 512, width: 513, channels: 1, batch: 1 },
  { height: 31, width: 33, channels: 129, batch: 1 },
  { height: 3, width: 25_089, channels: 1, batch: 1 },
  { height: 101, width: 99, channels: 5, batch: 1 },
] as const;

/** Images whose batch grows to millions of elements. */
const some = { height: 33, width: 31, channels: 5, batch: 3 } as const;

const scales = [...every(5), 7, 8, 9, 16, 17, 32];
const margins = [0, ...every(5), 7, 8, 9, 15, 16, 17, 33];

/** Operations on images other than those of sliding windows. */
export const images = {
  globalAvgPool2d: recipe({ roles, choices: {} }, (row) => ({ shapes: { x: image(row) } }), [
    ...large,
    { height: 300, width: 301, channels: 3, batch: 1 },
  ]),
  adaptiveAvgPool2d: recipe(
    {
      roles: {
        ...roles,
        outputHeight: [...every(9), 15, 16, 17, 31, 33, 65],
        outputWidth: [...every(9), 15, 16, 17, 31, 33, 65],
      },
      choices: {},
      sets: ["outputSize"],
    },
    (row) => ({ shapes: { x: image(row) }, attrs: { outputSize: [row.outputHeight, row.outputWidth] } }),
    large,
  ),
  batchNorm: recipe(
    { roles, choices: { scale: [true, false], offset: [true, false] } },
    (row) => {
      const each = [row.channels];
      return {
        shapes: {
          x: image(row),
          mean: each,
          variance: each,
          scale: row.scale ? each : undefined,
          offset: row.offset ? each : undefined,
        },
      };
    },
    [...large, { height: 513, width: 511, channels: 3, batch: 1 }],
    [some],
  ),
  lrn: recipe(
    { roles: { ...roles, size: [...every(9), 15, 16, 17, 33, 65] }, choices: {}, sets: ["size"] },
    (row) => ({ shapes: { x: image(row) }, attrs: { size: row.size } }),
    large,
    [{ ...some, size: 3 }],
  ),
  pad2d: recipe(
    {
      roles: { ...roles, top: margins, left: margins, bottom: margins, right: margins } satisfies Roles,
      choices: {},
      sets: ["pads"],
    },
    (row) => ({ shapes: { x: image(row) }, attrs: { pads: [row.top, row.left, row.bottom, row.right] } }),
    [
      ...large,
      { height: 255, width: 257, channels: 3, batch: 1, top: 1, left: 1, bottom: 1, right: 1 },
      { height: 101, width: 99, channels: 5, batch: 1, top: 0, left: 2, bottom: 2, right: 0 },
    ],
    [{ ...some, top: 1, left: 2, bottom: 1, right: 2 }],
  ),
  upsample: recipe(
    { roles: { ...roles, scaleDown: scales, scaleAcross: scales }, choices: {}, sets: ["scales"] },
    (row) => ({ shapes: { x: image(row) }, attrs: { scales: [row.scaleDown, row.scaleAcross] } }),
    [
      { height: 256, width: 257, channels: 3, batch: 1, scaleDown: 2, scaleAcross: 2 },
      { height: 31, width: 33, channels: 65, batch: 1, scaleDown: 2, scaleAcross: 3 },
      { height: 9, width: 11, channels: 105, batch: 1, scaleDown: 2, scaleAcross: 2 },
      { height: 1, width: 3, channels: 9217, batch: 1, scaleDown: 2, scaleAcross: 1 },
      { height: 3, width: 25_089, channels: 1, batch: 1, scaleDown: 1, scaleAcross: 2 },
      { height: 601, width: 5, channels: 3, batch: 1, scaleDown: 2, scaleAcross: 3 },
    ],
    [{ ...some, scaleDown: 3, scaleAcross: 3 }],
  ),
} satisfies Partial<Record<OpName, SizeRecipe>>;
