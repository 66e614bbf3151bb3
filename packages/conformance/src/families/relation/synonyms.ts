import type { GraphBuilder, OpName, Shape, Value } from "@isoconv/core-spec";
import type { Fill } from "@isoconv/judge";
import { equate, type Equation, type RelatedNetwork } from "./statement.js";

const image: Shape = ["N", 4, 6, 4];
const wide: Fill = { kind: "uniform", low: -8, high: 8 };
const constant = (value: number): Fill => ({ kind: "cycle", values: [value] });

const same = (
  op: OpName,
  variant: string,
  sides: (g: GraphBuilder, x: Value) => readonly [Value, Value],
  fills: Readonly<Record<string, Fill>> = {},
  shape = image,
): RelatedNetwork => equate(op, variant, (g) => sides(g, g.input("x", shape)), { fills });

/** Two operations with the same data movement. */
export const sameMovement: Equation = {
  kind: "equation",
  doc: "Two ways to move elements to the same places give the same bits.",
  equality: "bits",
  subjects: () => [
    same("flatten", "reshape", (g, x) => [g.flatten({ x }), g.reshape({ x }, { shape: [-1, 96] })]),
    same("flatten", "axis2-reshape", (g, x) => [
      g.flatten({ x }, { axis: 2 }),
      g.reshape({ x }, { shape: [-1, 4, 24] }),
    ]),
    same("slice", "twice", (g, x) => [
      g.slice({ x }, { axes: [3, 1], starts: [1, 2], ends: [3, 4] }),
      g.slice({ x: g.slice({ x }, { axes: [1], starts: [2], ends: [4] }) }, { axes: [3], starts: [1], ends: [3] }),
    ]),
    same("transpose", "flattened-columns", (g, x) => [
      g.flatten({ x: g.transpose({ x }, { permutation: [0, 2, 3, 1] }) }),
      g.flatten({
        x: g.transpose({ x: g.reshape({ x }, { shape: [-1, 4, 24] }) }, { permutation: [0, 2, 1] }),
      }),
    ]),
    same("concat", "nested", (g, x) => [
      g.concat({ xs: [x, x, x] }, { axis: 2 }),
      g.concat({ xs: [g.concat({ xs: [x, x] }, { axis: 2 }), x] }, { axis: 2 }),
    ]),
    same("pad2d", "twice", (g, x) => [
      g.pad2d({ x }, { pads: [1, 2, 3, 1], value: 0.5 }),
      g.pad2d({ x: g.pad2d({ x }, { pads: [1, 0, 1, 1], value: 0.5 }) }, { pads: [0, 2, 2, 0], value: 0.5 }),
    ]),
    same("upsample", "twice", (g, x) => [
      g.upsample({ x }, { scales: [4, 2] }),
      g.upsample({ x: g.upsample({ x }, { scales: [2, 1] }) }, { scales: [2, 2] }),
    ]),
  ],
};

/** Two formulas of the same function. */
export const sameFunction: Equation = {
  kind: "equation",
  doc: "Two formulas of the same function agree within their bounds.",
  equality: "bounds",
  subjects: () => [
    same(
      "avgPool2d",
      "depthwise-conv2d",
      (g, x) => [
        g.avgPool2d({ x }, { kernel: [3, 2], strides: [1, 2] }),
        g.conv2d({ x, w: g.parameter("w", [4, 1, 3, 2]) }, { groups: 4, strides: [1, 2] }),
      ],
      { w: constant(1 / 6) },
    ),
    same("globalAvgPool2d", "mean", (g, x) => [
      g.globalAvgPool2d({ x }),
      g.mean({ x }, { axes: [2, 3], keepDims: true }),
    ]),
    same("globalAvgPool2d", "avgPool2d", (g, x) => [g.globalAvgPool2d({ x }), g.avgPool2d({ x }, { kernel: [6, 4] })]),
    same("adaptiveAvgPool2d", "avgPool2d", (g, x) => [
      g.adaptiveAvgPool2d({ x }, { outputSize: [3, 2] }),
      g.avgPool2d({ x }, { kernel: [2, 2], strides: [2, 2] }),
    ]),
    same("maxPool2d", "separable", (g, x) => [
      g.maxPool2d({ x }, { kernel: [3, 2] }),
      g.maxPool2d({ x: g.maxPool2d({ x }, { kernel: [3, 1] }) }, { kernel: [1, 2] }),
    ]),
    same("mean", "axis-by-axis", (g, x) => [
      g.mean({ x }, { axes: [1, 3] }),
      g.mean({ x: g.mean({ x }, { axes: [3] }) }, { axes: [1] }),
    ]),
    same(
      "convTranspose2d",
      "upsample",
      (g, x) => [
        g.convTranspose2d({ x, w: g.parameter("w", [4, 1, 2, 3]) }, { groups: 4, strides: [2, 3] }),
        g.upsample({ x }, { scales: [2, 3] }),
      ],
      { w: constant(1) },
    ),
    same("relu", "clip", (g, x) => [g.relu({ x }), g.clip({ x }, { min: 0 })]),
    same("leakyRelu", "relu", (g, x) => [g.leakyRelu({ x }, { slope: 0 }), g.relu({ x })]),
    same("silu", "sigmoid", (g, x) => [g.silu({ x }), g.mul({ a: x, b: g.sigmoid({ x }) })], { x: wide }),
    same("hardSwish", "hardSigmoid", (g, x) => [g.hardSwish({ x }), g.mul({ a: x, b: g.hardSigmoid({ x }) })], {
      x: wide,
    }),
    same(
      "tanh",
      "sigmoid",
      (g, x) => {
        const half = g.sigmoid({ x: g.mul({ a: x, b: g.parameter("two", [1]) }) });
        const twice = g.mul({ a: half, b: g.parameter("factor", [1]) });
        return [g.tanh({ x }), g.add({ a: twice, b: g.parameter("minus", [1]) })];
      },
      { two: constant(2), factor: constant(2), minus: constant(-1), x: wide },
    ),
    same("layerNorm", "moved-axis", (g, x) => {
      const last = g.layerNorm({ x: g.transpose({ x }, { permutation: [0, 2, 3, 1] }) }, { axis: 3, epsilon: 1e-5 });
      return [g.layerNorm({ x }, { axis: 1, epsilon: 1e-5 }), g.transpose({ x: last }, { permutation: [0, 3, 1, 2] })];
    }),
    same("layerNorm", "affine", (g, x) => {
      const [scale, offset] = [g.parameter("scale", [4]), g.parameter("offset", [4])];
      const attrs = { axis: 3, epsilon: 1e-3 };
      const scaled = g.mul({ a: g.layerNorm({ x }, attrs), b: scale });
      return [g.layerNorm({ x, scale, offset }, attrs), g.add({ a: scaled, b: offset })];
    }),
    same("softmax", "shifted", shifted("softmax"), { shift: constant(64) }),
    same("logSoftmax", "shifted", shifted("logSoftmax"), { shift: constant(64) }),
    same("conv2d", "fused-relu", (g, x) => {
      const w = g.parameter("w", [3, 4, 3, 3]);
      return [g.conv2d({ x, w }, { activation: "relu" }), g.relu({ x: g.conv2d({ x, w }) })];
    }),
    same(
      "conv2d",
      "fused-relu6",
      (g, x) => {
        const w = g.parameter("w", [3, 4, 3, 3]);
        return [g.conv2d({ x, w }, { activation: "relu6" }), g.clip({ x: g.conv2d({ x, w }) }, { min: 0, max: 6 })];
      },
      { x: wide },
    ),
    same(
      "linear",
      "fused-relu6",
      (g, x) => {
        const operands = { x, w: g.parameter("w", [5, 6]), bias: g.parameter("bias", [5]) };
        return [g.linear(operands, { activation: "relu6" }), g.clip({ x: g.linear(operands) }, { min: 0, max: 6 })];
      },
      { x: wide },
      ["N", 6],
    ),
  ],
};

const shifted =
  (op: "softmax" | "logSoftmax") =>
  (g: GraphBuilder, x: Value): readonly [Value, Value] => [
    g[op]({ x }, { axis: 1 }),
    g[op]({ x: g.add({ a: x, b: g.parameter("shift", [1]) }) }, { axis: 1 }),
  ];

/** Functions with a symmetry about zero. */
export const symmetry: Equation = {
  kind: "equation",
  doc: "The results have the symmetry of the function.",
  equality: "bounds",
  subjects: () => [
    same("tanh", "odd", (g, x) => [negated(g, g.tanh({ x: negated(g, x) })), g.tanh({ x })], mirrored),
    same(
      "sigmoid",
      "complement",
      (g, x) => {
        const mirror = negated(g, g.sigmoid({ x: negated(g, x) }));
        return [g.add({ a: mirror, b: g.parameter("one", [1]) }), g.sigmoid({ x })];
      },
      { ...mirrored, one: constant(1) },
    ),
    same(
      "gelu",
      "difference",
      (g, x) => [g.add({ a: g.gelu({ x }), b: negated(g, g.gelu({ x: negated(g, x) })) }), x],
      mirrored,
    ),
    same(
      "silu",
      "difference",
      (g, x) => [g.add({ a: g.silu({ x }), b: negated(g, g.silu({ x: negated(g, x) })) }), x],
      mirrored,
    ),
    same("elu", "relu-and-rest", (g, x) => [
      g.add({ a: g.relu({ x }), b: g.elu({ x: g.clip({ x }, { max: 0 }) }, { alpha: 0.5 }) }),
      g.elu({ x }, { alpha: 0.5 }),
    ]),
  ],
};

const mirrored: Readonly<Record<string, Fill>> = { x: wide, "minus-one": constant(-1) };
const factors = new WeakMap<GraphBuilder, Value>();

/** `−x`. All uses in a graph share one factor −1. */
function negated(g: GraphBuilder, x: Value): Value {
  const factor = factors.get(g) ?? g.parameter("minus-one", [1]);
  factors.set(g, factor);
  return g.mul({ a: x, b: factor });
}

/** Exchanged operands give the same bits. */
export const commuted: Equation = {
  kind: "equation",
  doc: "Sums and products do not depend on the order of two operands.",
  equality: "bits",
  subjects: () =>
    (["add", "mul"] as const).flatMap((op) => [
      equate(op, "same-shape", (g) => {
        const [a, b] = [g.input("a", image), g.input("b", image)];
        return [g[op]({ a, b }), g[op]({ a: b, b: a })];
      }),
      equate(op, "broadcast", (g) => {
        const [a, b] = [g.input("a", image), g.input("b", [4, 1, 1])];
        return [g[op]({ a, b }), g[op]({ a: b, b: a })];
      }),
    ]),
};
