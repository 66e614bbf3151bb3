import type { GraphBuilder, OpName, Shape, Value } from "@isoconv/core-spec";
import { equate, type Equation, type RelatedNetwork } from "./statement.js";

const image: Shape = ["N", 4, 6, 5];

/** One or several operations that together return their operand. */
const undone = (
  op: OpName,
  variant: string,
  compute: (g: GraphBuilder, x: Value) => Value,
  shape = image,
): RelatedNetwork =>
  equate(op, variant, (g) => {
    const x = g.input("x", shape);
    return [compute(g, x), x];
  });

/** Slice and concat, transpose and its inverse, pad and crop return the same elements. */
export const movementUndone: Equation = {
  kind: "equation",
  doc: "A movement followed by its inverse returns the same bits.",
  equality: "bits",
  subjects: () => [
    ...[1, 2, 3].map((axis) =>
      undone("concat", `split-axis${axis}`, (g, x) => {
        const extent = Number(x.shape[axis]);
        const first = g.slice({ x }, { axes: [axis], starts: [0], ends: [2] });
        const second = g.slice({ x }, { axes: [axis], starts: [2], ends: [extent] });
        return g.concat({ xs: [first, second] }, { axis });
      }),
    ),
    undone("slice", "pad2d", (g, x) => {
      const surrounded = g.pad2d({ x }, { pads: [1, 2, 0, 3], value: 9 });
      return g.slice({ x: surrounded }, { axes: [2, 3], starts: [1, 2], ends: [7, 7] });
    }),
    undone("pad2d", "zero-wide", (g, x) => g.pad2d({ x }, { pads: [0, 0, 0, 0] })),
    ...(
      [
        ["0231", [0, 2, 3, 1], [0, 3, 1, 2]],
        ["0132", [0, 1, 3, 2], [0, 1, 3, 2]],
        ["0321", [0, 3, 2, 1], [0, 3, 2, 1]],
      ] as const
    ).map(([variant, there, back]) =>
      undone("transpose", `back-${variant}`, (g, x) =>
        g.transpose({ x: g.transpose({ x }, { permutation: there }) }, { permutation: back }),
      ),
    ),
    undone("reshape", "back", (g, x) =>
      g.reshape({ x: g.reshape({ x }, { shape: [-1, 2, 60] }) }, { shape: [-1, 4, 6, 5] }),
    ),
    undone("flatten", "back", (g, x) => g.reshape({ x: g.flatten({ x }) }, { shape: [-1, 4, 6, 5] })),
    undone("dropout", "half", (g, x) => g.dropout({ x }, { p: 0.5 })),
    undone("dropout", "all", (g, x) => g.dropout({ x }, { p: 1 })),
    undone("upsample", "strided", (g, x) =>
      g.maxPool2d({ x: g.upsample({ x }, { scales: [2, 3] }) }, { kernel: [1, 1], strides: [2, 3] }),
    ),
    undone("upsample", "scale-1", (g, x) => g.upsample({ x }, { scales: [1, 1] })),
  ],
};

/** Neutral elements, and operations that are inverse except for rounding. */
export const neutral: Equation = {
  kind: "equation",
  doc: "Operations with neutral attributes or operands return their operand.",
  equality: "bounds",
  subjects: () => [
    undone("leakyRelu", "slope-1", (g, x) => g.leakyRelu({ x }, { slope: 1 })),
    undone("clip", "unlimited", (g, x) => g.clip({ x })),
    undone("maxPool2d", "k1", (g, x) => g.maxPool2d({ x }, { kernel: [1, 1] })),
    undone("avgPool2d", "k1", (g, x) => g.avgPool2d({ x }, { kernel: [1, 1] })),
    undone("adaptiveAvgPool2d", "same-size", (g, x) => g.adaptiveAvgPool2d({ x }, { outputSize: [6, 5] })),
    undone("lrn", "alpha-0", (g, x) => g.lrn({ x }, { size: 3, alpha: 0 })),
    undone("mean", "extent-1", (g, x) => g.mean({ x }, { axes: [1], keepDims: true }), ["N", 1, 4]),
    equate(
      "conv2d",
      "delta-kernel",
      (g) => {
        const x = g.input("x", image);
        return [g.conv2d({ x, w: g.parameter("w", [4, 1, 3, 3]) }, { groups: 4, pads: [1, 1, 1, 1] }), x];
      },
      { fills: { w: { kind: "cycle", values: [0, 0, 0, 0, 1, 0, 0, 0, 0] } } },
    ),
    equate(
      "mul",
      "by-1",
      (g) => {
        const x = g.input("x", image);
        return [g.mul({ a: x, b: g.parameter("one", [1]) }), x];
      },
      { fills: { one: { kind: "cycle", values: [1] } } },
    ),
  ],
};
