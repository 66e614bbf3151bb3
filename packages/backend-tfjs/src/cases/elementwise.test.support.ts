import type { OpCase } from "../agreement.test.support.js";

const broadcastings: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3, 4, 5],
    [2, 3, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 1],
  ],
  [[2, 3, 4, 5], [5]],
  [
    [2, 3, 4, 5],
    [4, 5],
  ],
  [
    [2, 3, 4, 5],
    [3, 4, 1],
  ],
  [
    [2, 3, 4, 5],
    [3, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [2, 1, 1, 1],
  ],
  [
    [2, 3, 4, 5],
    [1, 3, 1, 5],
  ],
  [[2, 3, 4, 5], []],
  [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
  [
    [3, 1, 1],
    [2, 1, 4, 5],
  ],
  [[4, 5], [5]],
  [
    [4, 1],
    [1, 5],
  ],
  [[], []],
  [[3], [1]],
  [
    [2, 2, 3, 4, 5],
    [3, 4, 5],
  ],
  [
    [2, 2, 3, 4, 5],
    [2, 3, 1, 5],
  ],
  [
    [2, 3, 4, 5],
    [2, 2, 1, 4, 5],
  ],
  [
    [2, 1, 2, 1, 2, 1, 3],
    [1, 2, 1, 2, 1, 3, 1],
  ],
  [
    [2, 1, 2, 1, 2, 1, 3, 1],
    [2, 1, 2, 1, 3, 1, 2],
  ],
];

/** Broadcasting between ranks, in both orders. */
export const arithmeticCases: readonly OpCase[] = (["add", "mul"] as const).flatMap((op) =>
  broadcastings.flatMap(([a, b]): OpCase[] => [
    { op, inputs: { a, b } },
    { op, inputs: { a: b, b: a } },
  ]),
);

/** Functions of one element, with attributes that take different paths. */
export const unary: readonly (readonly [OpCase["op"], OpCase["attrs"]?])[] = [
  ["relu"],
  ["leakyRelu", { slope: 0.1 }],
  ["leakyRelu", { slope: 1.5 }],
  ["leakyRelu", { slope: -1 }],
  ["leakyRelu", { slope: 0 }],
  ["elu"],
  ["elu", { alpha: 0.3 }],
  ["elu", { alpha: -1.5 }],
  ["elu", { alpha: 0 }],
  ["clip", { min: -1, max: 2 }],
  ["clip", { min: 0, max: 6 }],
  ["clip", { min: 0.5, max: 0.5 }],
  ["clip", {}],
  ["sigmoid"],
  ["hardSigmoid"],
  ["tanh"],
  ["silu"],
  ["hardSwish"],
  ["gelu"],
  ["dropout", { p: 0.3 }],
];

/** Twice this overflows; times the steepest slope above it does not. */
const LARGE = 2.2e38;

/** Functions of one element, on every rank that is held differently, and of large numbers. */
export const elementwiseCases: readonly OpCase[] = unary.flatMap(([op, attrs = {}]) => [
  ...[[2, 3, 4, 5], [3, 50], [], [2, 2, 2, 2, 2]].map((x): OpCase => ({
    op,
    inputs: { x },
    attrs,
    ranges: { x: [-8, 8] },
  })),
  { op, inputs: { x: [50] }, attrs, ranges: { x: [-LARGE, LARGE] } },
]);
