import type { OpName } from "@isoconv/core-spec";
import { type Fill, oneOpNetwork, positives, reals } from "@isoconv/judge";
import type { SpecialCase } from "./special-case.js";

type Shapes = Parameters<typeof oneOpNetwork>[2];

function specialCase(
  name: string,
  op: OpName,
  shapes: Shapes,
  fills: Readonly<Record<string, Fill>>,
  attrs: Readonly<Record<string, unknown>> = {},
): SpecialCase {
  return { name, network: (id) => oneOpNetwork(id, op, shapes, attrs, { fills }) };
}

const cycle = (...values: readonly number[]): Fill => ({ kind: "cycle", values });

const LARGE = 2 ** 100;
/** Differences of them stay finite. */
const farthest = cycle(1.6e38, -1.6e38, 1.6e38, 0, -1.6e38, 1);
/** Sums of up to 64 of them stay finite in any order. */
const summable = cycle(5e36, -4e36, 5e36, 5e36, 3e36);
/** Far beyond where a float32 exponential overflows or vanishes. */
const saturating = cycle(1e4, -1e4, 88, -88, 104, -104, 0, Infinity, -Infinity, 20, -20);

/** A batch of images, of which the nth holds the value at the nth element of a window, and finite numbers elsewhere. */
function atEachPosition(
  value: number,
  [height, width]: readonly [number, number],
  plane: readonly [number, number],
): Fill {
  const [rows, columns] = plane;
  return {
    kind: "patched",
    base: reals,
    patches: Array.from({ length: height * width }, (_, n) => ({
      index: n * rows * columns + Math.floor(n / width) * columns + (n % width),
      value,
    })),
  };
}

const WINDOWED: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, minf: -Infinity };

/** One image a position of a 2×3 window; the second window of each holds none of it. */
function windowCases(op: "maxPool2d" | "avgPool2d" | "conv2d"): readonly SpecialCase[] {
  const kernel = [2, 3] as const;
  return Object.entries(WINDOWED).map(([name, value]) => {
    const fill = { x: atEachPosition(value, kernel, [2, 6]) };
    return op === "conv2d"
      ? specialCase(`${name}-at-each-position`, op, { x: [6, 1, 2, 6], w: [2, 1, 2, 3] }, fill, { strides: [2, 3] })
      : specialCase(`${name}-at-each-position`, op, { x: [6, 1, 2, 6] }, fill, { kernel, strides: [2, 3] });
  });
}

/** In each corner of an image whose windows hang over every side. */
function cornerCases(op: "maxPool2d" | "avgPool2d" | "conv2d"): readonly SpecialCase[] {
  return Object.entries(WINDOWED).map(([name, value]) => {
    const corners = [0, 4, 25 + 20, 50 + 24, 75 + 12];
    const x: Fill = { kind: "patched", base: reals, patches: corners.map((index) => ({ index, value })) };
    const window = { strides: [2, 2], pads: [1, 1, 1, 1] };
    return op === "conv2d"
      ? specialCase(`${name}-beside-the-pads`, op, { x: [4, 1, 5, 5], w: [2, 1, 3, 3] }, { x }, window)
      : specialCase(`${name}-beside-the-pads`, op, { x: [4, 1, 5, 5] }, { x }, { kernel: [3, 3], ...window });
  });
}

/** Pairs that nearly cancel, so that a bound relative to the result would refuse a correct sum. */
const cancelling = cycle(4096.25, -4096, 2048.5, -2048.75, 1, -0.5, 1024, -1024.125);

const batchNormShapes: Shapes = { x: [2, 3, 4, 5], mean: [3], variance: [3], scale: [3], offset: [3] };
const layerNormShapes: Shapes = { x: [2, 7, 3, 4], scale: [7], offset: [7] };
const pixels = { axis: 1, epsilon: 1e-5 };

const specific: Readonly<Partial<Record<OpName, readonly SpecialCase[]>>> = {
  conv2d: [
    ...windowCases("conv2d"),
    ...cornerCases("conv2d"),
    specialCase(
      "cancellation",
      "conv2d",
      { x: [2, 8, 4, 4], w: [3, 8, 3, 3] },
      { x: cancelling, w: cycle(1, 1, 2, 2) },
    ),
    specialCase("huge", "conv2d", { x: [2, 2, 4, 4], w: [3, 2, 3, 3] }, { x: cycle(LARGE, 2 * LARGE), w: positives }),
    specialCase(
      "subnormal-products",
      "conv2d",
      { x: [2, 2, 4, 4], w: [3, 2, 2, 2] },
      { x: cycle(2 ** -70, 3 * 2 ** -71), w: cycle(2 ** -70, 2 ** -60) },
    ),
    specialCase(
      "infinity-times-zero",
      "conv2d",
      { x: [2, 2, 3, 3], w: [2, 2, 2, 2] },
      { x: cycle(1, Infinity, 2), w: cycle(0, 1) },
    ),
  ],
  linear: [
    specialCase(
      "cancellation",
      "linear",
      { x: [3, 64], w: [4, 64], bias: [4] },
      { x: cancelling, w: cycle(1, 1, 2, 2) },
    ),
    specialCase("huge", "linear", { x: [3, 8], w: [4, 8] }, { x: cycle(LARGE, 2 * LARGE), w: positives }),
  ],
  maxPool2d: [
    ...windowCases("maxPool2d"),
    ...cornerCases("maxPool2d"),
    specialCase(
      "all-negative-beside-the-pads",
      "maxPool2d",
      { x: [2, 2, 5, 5] },
      { x: cycle(-1, -2, -3, -1e30) },
      { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    ),
    specialCase(
      "all-minus-infinity",
      "maxPool2d",
      { x: [2, 2, 4, 4] },
      { x: cycle(-Infinity) },
      { kernel: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1] },
    ),
  ],
  avgPool2d: [
    ...windowCases("avgPool2d"),
    ...cornerCases("avgPool2d"),
    specialCase("cancellation", "avgPool2d", { x: [2, 2, 6, 6] }, { x: cancelling }, { kernel: [3, 3] }),
    specialCase("large", "avgPool2d", { x: [2, 2, 6, 6] }, { x: summable }, { kernel: [3, 3], pads: [1, 1, 1, 1] }),
  ],
  globalAvgPool2d: [
    specialCase("cancellation", "globalAvgPool2d", { x: [2, 2, 8, 8] }, { x: cancelling }),
    specialCase("large", "globalAvgPool2d", { x: [2, 2, 8, 8] }, { x: summable }),
  ],
  adaptiveAvgPool2d: [
    specialCase("large", "adaptiveAvgPool2d", { x: [2, 2, 8, 8] }, { x: summable }, { outputSize: [3, 2] }),
  ],
  mean: [
    specialCase("cancellation", "mean", { x: [4, 64] }, { x: cancelling }, { axes: [1] }),
    specialCase("large", "mean", { x: [4, 64] }, { x: summable }, { axes: [1] }),
  ],
  batchNorm: [
    specialCase("tiny-variance", "batchNorm", batchNormShapes, { variance: cycle(1e-10, 1e-12, 0) }, { epsilon: 1e-5 }),
    specialCase(
      "tiny-variance-and-epsilon",
      "batchNorm",
      batchNormShapes,
      { variance: cycle(1e-10, 1e-12, 1e-14) },
      { epsilon: 1e-12 },
    ),
    specialCase(
      "mean-far-away",
      "batchNorm",
      batchNormShapes,
      { x: { kind: "uniform", low: 999, high: 1001 }, mean: cycle(1000), variance: positives },
      { epsilon: 1e-5 },
    ),
    specialCase(
      "large",
      "batchNorm",
      batchNormShapes,
      { x: cycle(1e38, -1e38, 2e38, 1), variance: positives },
      { epsilon: 1e-5 },
    ),
  ],
  layerNorm: [
    specialCase("constant-lines", "layerNorm", layerNormShapes, { x: cycle(3, 3, 3, 3, 3) }, pixels),
    specialCase("tiny-variance", "layerNorm", layerNormShapes, { x: cycle(1e-4, -2e-4, 0, 3e-4) }, pixels),
    specialCase(
      "tiny-variance-and-epsilon",
      "layerNorm",
      layerNormShapes,
      { x: cycle(1e-6, -2e-6, 3e-6) },
      {
        ...pixels,
        epsilon: 1e-12,
      },
    ),
    specialCase(
      "mean-far-away",
      "layerNorm",
      layerNormShapes,
      { x: { kind: "uniform", low: 999, high: 1001 } },
      pixels,
    ),
    specialCase("one-element", "layerNorm", { x: [3, 1], scale: [1], offset: [1] }, { x: cycle(1e4, -3, 0) }, pixels),
    specialCase("large", "layerNorm", layerNormShapes, { x: cycle(1e8, -2e8, 3, -1e8, 5e7) }, pixels),
  ],
  lrn: [
    specialCase("large", "lrn", { x: [2, 7, 3, 3] }, { x: cycle(1e4, -2e4, 3, -1e4) }, { size: 5, alpha: 1 }),
    specialCase("tiny", "lrn", { x: [2, 7, 3, 3] }, { x: cycle(1e-20, -1e-20, 1e-30) }, { size: 3, alpha: 1 }),
  ],
  softmax: [
    specialCase("far-apart", "softmax", { x: [3, 5] }, { x: cycle(1e4, -1e4, 9999, 0, 1e4, -3) }, { axis: 1 }),
    specialCase(
      "all-large",
      "softmax",
      { x: [2, 6] },
      { x: { kind: "uniform", low: 9999, high: 10_001 } },
      { axis: 1 },
    ),
    specialCase(
      "all-very-negative",
      "softmax",
      { x: [2, 6] },
      { x: { kind: "uniform", low: -10_001, high: -9999 } },
      { axis: 1 },
    ),
    specialCase("largest-differences", "softmax", { x: [3, 4] }, { x: farthest }, { axis: 1 }),
  ],
  logSoftmax: [
    specialCase("far-apart", "logSoftmax", { x: [3, 5] }, { x: cycle(1e4, -1e4, 9999, 0, 1e4, -3) }, { axis: 1 }),
    specialCase(
      "all-large",
      "logSoftmax",
      { x: [2, 6] },
      { x: { kind: "uniform", low: 9999, high: 10_001 } },
      { axis: 1 },
    ),
    specialCase("largest-differences", "logSoftmax", { x: [3, 4] }, { x: farthest }, { axis: 1 }),
    specialCase("certain", "logSoftmax", { x: [3, 4] }, { x: cycle(200, 0, -200, 1) }, { axis: 1 }),
  ],
  add: [
    specialCase(
      "infinities",
      "add",
      { a: [8], b: [8] },
      { a: cycle(Infinity, -Infinity, Infinity, 1), b: cycle(-Infinity, -Infinity, Infinity, Infinity, 1) },
    ),
    specialCase(
      "cancellation",
      "add",
      { a: [64], b: [64] },
      { a: cycle(1 + 2 ** -20, -1, 1e10), b: cycle(-1, 1 + 2 ** -22, -1e10 + 1024) },
    ),
    specialCase(
      "to-subnormal",
      "add",
      { a: [8], b: [8] },
      { a: cycle(2 ** -126, -(2 ** -125)), b: cycle(-(2 ** -127), 2 ** -126) },
    ),
    specialCase("overflow", "add", { a: [4], b: [4] }, { a: cycle(3e38, -3e38), b: cycle(3e38, -3e38) }),
  ],
  mul: [
    specialCase(
      "zero-times-infinity",
      "mul",
      { a: [8], b: [8] },
      { a: cycle(0, -0, Infinity, 1), b: cycle(Infinity, -Infinity, 0, -Infinity, 2) },
    ),
    specialCase(
      "to-subnormal",
      "mul",
      { a: [8], b: [8] },
      { a: cycle(2 ** -70, -(2 ** -75)), b: cycle(2 ** -60, 2 ** -74) },
    ),
    specialCase("overflow", "mul", { a: [4], b: [4] }, { a: cycle(1e30, -1e30), b: cycle(1e30) }),
  ],
  ...Object.fromEntries(
    (["sigmoid", "hardSigmoid", "tanh", "silu", "hardSwish", "gelu", "elu", "leakyRelu", "relu"] as const).map((op) => [
      op,
      [specialCase("saturated", op, { x: [22] }, { x: saturating })],
    ]),
  ),
  clip: [
    specialCase(
      "at-its-limits",
      "clip",
      { x: [12] },
      { x: cycle(0, -0, 6, 6.000001, -1e-30, Infinity, -Infinity, 5.9999995) },
      { min: 0, max: 6 },
    ),
    specialCase("min-equals-max", "clip", { x: [6] }, { x: cycle(-1, 2, 7) }, { min: 2, max: 2 }),
    specialCase("infinity-below-no-limit", "clip", { x: [6] }, { x: cycle(-Infinity, Infinity, 1) }, { min: 0 }),
    specialCase("infinity-above-no-limit", "clip", { x: [6] }, { x: cycle(-Infinity, Infinity, 1) }, { max: 0 }),
  ],
  pad2d: [
    specialCase("infinite-constant", "pad2d", { x: [1, 2, 2, 3] }, {}, { pads: [1, 0, 2, 1], value: -Infinity }),
    specialCase("negative-zero-constant", "pad2d", { x: [1, 2, 2, 3] }, {}, { pads: [1, 0, 2, 1], value: -0 }),
  ],
};

/** Values that matter to one operation. */
export function specificCases(op: OpName): readonly SpecialCase[] {
  return specific[op] ?? [];
}
