import type { AnyInputs, OpName, Shape } from "@isoconv/core-spec";
import { axes } from "../families/matrix/axes.js";
import { drawPartner } from "../families/property/joins.js";
import type { SketchValue } from "../families/property/sketch.js";
import { cycle, everythingNormal, interspersed, magnitudes, NORMAL } from "./fills.js";
import { special, type OpCases, type OperandDraw } from "./op-cases.js";

const broadcasting = axes(
  {
    shapes: ["same", "channel", "row", "column", "outer", "scalar", "higher rank", "batch"],
    swapped: [false, true],
  },
  ({ shapes, swapped }) => {
    const [a, b] = broadcastPairs[shapes];
    return swapped ? { a: b, b: a } : { a, b };
  },
);

const broadcastPairs: Readonly<Record<string, readonly [Shape, Shape]>> = {
  same: [
    ["N", 3, 4, 5],
    ["N", 3, 4, 5],
  ],
  channel: [
    ["N", 3, 4, 5],
    [3, 1, 1],
  ],
  row: [["N", 3, 4, 5], [5]],
  column: [
    ["N", 3, 4, 5],
    [4, 1],
  ],
  outer: [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
  scalar: [["N", 6], []],
  "higher rank": [
    [4, 1],
    [2, 3, 1, 5],
  ],
  batch: [
    [2, 3],
    [1, 3],
  ],
};

function drawPair(main: SketchValue, { sketch, choose }: OperandDraw): AnyInputs<SketchValue> {
  const [a, b] = choose([(other: SketchValue) => [main, other], (other: SketchValue) => [other, main]])(
    drawPartner(main, sketch, choose),
  );
  return { a, b };
}

/** Special values and numbers of every magnitude in arrays that kernels for large arrays take. */
const large = [
  special(
    "many-elements",
    { a: [262_207], b: [262_207] },
    // Other exponents than in the other operand, so that all pairs of magnitudes meet.
    { a: everythingNormal([262_207]), b: interspersed(magnitudes(-120, 120), NORMAL, 71) },
  ),
  special(
    "many-elements-by-channel",
    { a: [2, 65, 19, 21], b: [65, 1, 1] },
    { a: everythingNormal([2, 65, 19, 21]), b: interspersed({ kind: "sweep", from: -20, to: 20 }, NORMAL, 5) },
  ),
];

export const arithmetic = {
  add: {
    axes: broadcasting,
    special: [
      special(
        "infinities",
        { a: [8], b: [8] },
        { a: cycle(Infinity, -Infinity, Infinity, 1), b: cycle(-Infinity, -Infinity, Infinity, Infinity, 1) },
      ),
      special(
        "cancellation",
        { a: [64], b: [64] },
        { a: cycle(1 + 2 ** -20, -1, 1e10), b: cycle(-1, 1 + 2 ** -22, -1e10 + 1024) },
      ),
      special(
        "to-subnormal",
        { a: [8], b: [8] },
        { a: cycle(2 ** -126, -(2 ** -125)), b: cycle(-(2 ** -127), 2 ** -126) },
      ),
      special("overflow", { a: [4], b: [4] }, { a: cycle(3e38, -3e38), b: cycle(3e38, -3e38) }),
      ...large,
    ],
    misfits: [
      { name: "not-broadcasting", shapes: { b: [2, 1, 1] } },
      { name: "batch-not-first", shapes: { b: [1, 1, 3, 8, 8] } },
    ],
    random: { operands: drawPair, limit: (limits) => limits.reduce((sum, limit) => sum + limit, 0) },
  },
  mul: {
    axes: broadcasting,
    special: [
      special(
        "zero-times-infinity",
        { a: [8], b: [8] },
        { a: cycle(0, -0, Infinity, 1), b: cycle(Infinity, -Infinity, 0, -Infinity, 2) },
      ),
      special("to-subnormal", { a: [8], b: [8] }, { a: cycle(2 ** -70, -(2 ** -75)), b: cycle(2 ** -60, 2 ** -74) }),
      special("overflow", { a: [4], b: [4] }, { a: cycle(1e30, -1e30), b: cycle(1e30) }),
      ...large,
    ],
    misfits: [{ name: "not-broadcasting", shapes: { b: ["N", 2, 1, 1] } }],
    random: { operands: drawPair, limit: (limits) => limits.reduce((product, limit) => product * limit, 1) },
  },
} satisfies Partial<Record<OpName, OpCases>>;
