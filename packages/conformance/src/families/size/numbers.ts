import { bindShape, definitionOf, elementCount, type Node, type OpFamily, type OpName } from "@isoconv/core-spec";
import { type Fill, type NetworkSpec, ruleOf, withIntegers } from "@isoconv/judge";
import { everything, everythingNormal, interspersed, NON_FINITE, SMALLEST } from "../../ops/fills.js";

/** Families whose results depend on one element of each operand. */
const ELEMENTWISE: readonly OpFamily[] = ["activation", "elementwise", "movement"];

/** Special values that sums survive. */
const SPECIAL = [...NON_FINITE, SMALLEST, -SMALLEST];

/** The distance between special values. Where results depend on more elements than half of that, there are none. */
const SPARSE = 211;

/** Exponents of numbers that are summed. */
const SUMMED = { from: -140, to: 108 };
/** Those of means: runtimes may divide before they add, which rounds each subnormal number. */
const DIVIDED = { from: -110, to: 108 };
/** Those of numbers that are squared. */
const SQUARED = { from: -110, to: 58 };
/** Exponents around those of variances that count beside an epsilon. */
const BESIDE_EPSILON = { from: -12, to: 4 };

/** Exponents of numbers whose exponentials are neither equal nor all but one 0. */
const MODERATE = { softmax: { from: 0, to: 7 }, logSoftmax: { from: 0, to: 23 } };

const POOLS: readonly OpName[] = ["maxPool2d", "avgPool2d", "adaptiveAvgPool2d"];
/** Operations whose results depend on a window. */
const WINDOWED: readonly OpName[] = ["conv2d", "convTranspose2d", ...POOLS];

/** Operations that divide sums. */
const AVERAGES: readonly OpName[] = ["mean", "avgPool2d", "globalAvgPool2d", "adaptiveAvgPool2d"];

/** More parts than this take longer to draw than their elements. */
const MOST_PARTS = 8193;

/** A turn with numbers of every magnitude. */
export const MAGNITUDES = 1;

/**
 * The numbers of a case, which take turns from case to case, because precision and special values are lost from a size on
 * as elements are: exact integers or reals, then numbers of every magnitude with special values among them. Where results
 * combine elements, these are parts of different magnitudes, and a few special values, unless they would reach most
 * results.
 */
export function withNumbers(op: OpName, spec: NetworkSpec, turn: number): NetworkSpec {
  if (turn % 2 === 0) return withIntegers(spec);
  const { inputs } = spec.graph;
  const isElementwise = ELEMENTWISE.includes(definitionOf(op).family);
  const isSparse = !isElementwise && 2 * reachOf(spec) <= SPARSE;
  const fillOf = (shape: readonly number[], index: number): Fill => {
    // Special values of two operands meet each other and, mostly, numbers.
    if (isElementwise) return inputs.length > 1 ? everythingNormal(shape, index === 0 ? 67 : 71) : everything(shape);
    const base = magnitudesOf(op, spec, shape, (turn - 1) / 2);
    return isSparse ? interspersed(base, SPECIAL, SPARSE) : base;
  };
  const fills = Object.fromEntries(
    inputs.map(({ name, shape }, index) => [name, fillOf(bindShape(shape, spec.batch), index)]),
  );
  return { ...spec, fills: { ...spec.fills, ...fills } };
}

function magnitudesOf(op: OpName, spec: NetworkSpec, shape: readonly number[], turn: number): Fill {
  return op === "batchNorm" ? { kind: "sweep", ...SUMMED } : partsOf(spec, shape, turn);
}

/** The exponents that a node's operands may have. */
function rangeOf(node: Node, part: number): typeof SUMMED {
  switch (node.op) {
    case "mean":
    case "globalAvgPool2d":
    case "adaptiveAvgPool2d":
      return DIVIDED;
    case "layerNorm":
      return part % 2 === 0 ? BESIDE_EPSILON : SQUARED;
    case "lrn":
      // The power of a sum of squares stays in the range of float32.
      return { from: SQUARED.from, to: Math.floor(58 / Math.max(1, node.attrs.beta)) };
    case "softmax":
    case "logSoftmax":
      // Of larger numbers, most results are 0 or the operand itself.
      return part % 2 === 0 ? MODERATE[node.op] : SUMMED;
    default:
      return SUMMED;
  }
}

/**
 * Parts of a tensor, each of its own order of magnitude, so that each result is judged by a bound in proportion: rows or
 * columns where results depend on windows, and elsewhere what results do not combine. Of the latter, one in four has
 * a special value, and more of them if it is long.
 */
function partsOf({ graph }: NetworkSpec, shape: readonly number[], turn: number): Fill {
  const [node] = graph.nodes;
  const apart = axisApart(node, shape);
  const axis = shape[apart] > MOST_PARTS ? 0 : apart;
  const run = Math.max(1, elementCount(shape.slice(axis + 1)));
  const count = Math.max(1, shape[axis] ?? 1);
  const combined = WINDOWED.includes(node.op) ? Infinity : shape[combinedAxes(node, shape.length - 1)[0]];
  const partOf = (part: number): Fill => {
    const { from, to } = rangeOf(node, turn + part);
    const base = numbersOf(node.op, from + ((turn * 7 + part * 17) % (to - from + 1)), part);
    if ((turn + part) % 4 !== 3 || combined === Infinity) return base;
    const period = Math.min(combined + 1, SPARSE);
    // It begins at another lane of a vector in each part.
    return interspersed(base, [SPECIAL[((turn + part) >> 2) % SPECIAL.length]], period, (part * 3) % period);
  };
  return { kind: "interleaved", fills: Array.from({ length: count }, (_, part) => partOf(part)), run };
}

/** Numbers of one part, of magnitudes about 2^`exponent`. */
function numbersOf(op: OpName, exponent: number, part: number): Fill {
  // Averages of numbers of both signs are near 0, which hides a factor.
  if (AVERAGES.includes(op) && part % 2 === 1)
    return { kind: "uniform", low: 2 ** (exponent - 1), high: 2 ** exponent };
  // Operands far below the maximum of their line keep their digits.
  if (op === "logSoftmax" && exponent > 12) return { kind: "sweep", from: exponent - 11, to: exponent };
  return reals(2 ** exponent);
}

/** The last axis along which a result depends on one position, or on few. */
function axisApart(node: Node, shape: readonly number[]): number {
  const last = shape.length - 1;
  // A convolution combines channels, a pool does not.
  if (POOLS.includes(node.op) && shape[1] > shape[2]) return 1;
  if (WINDOWED.includes(node.op)) return shape[2] > 1 ? 2 : last;
  const combined = combinedAxes(node, last);
  for (let axis = last; axis > 0; axis -= 1) if (!combined.includes(axis)) return axis;
  return 0;
}

/** The axes along which a node combines all elements. */
function combinedAxes(node: Node, last: number): readonly number[] {
  switch (node.op) {
    case "softmax":
    case "logSoftmax":
    case "layerNorm":
      return [node.attrs.axis];
    case "mean":
      return node.attrs.axes;
    case "globalAvgPool2d":
      return [2, 3];
    case "lrn":
      return [1];
    default:
      return [last];
  }
}

function reals(limit: number): Fill {
  return { kind: "uniform", low: -limit, high: limit };
}

/** About how many elements a result depends on; all where formulas differ in what they make of a special value. */
function reachOf({ graph, batch }: NetworkSpec): number {
  return Math.max(
    ...graph.nodes.map((node) => {
      // NaN to the power of 0 is 1, but e^(0·log NaN) is not.
      if (node.op === "lrn" && node.attrs.beta === 0) return Infinity;
      const rule = ruleOf(graph, node, batch);
      const taps = "kernel" in node.attrs ? node.attrs.kernel[0] * node.attrs.kernel[1] : 1;
      return rule.kind === "rounded" ? Math.max(taps, rule.terms, rule.magnitude) : taps;
    }),
  );
}
