import { bindShape, definitionOf, elementCount, type OpFamily, type OpName } from "@isoconv/core-spec";
import { type Fill, type NetworkSpec, ruleOf, withIntegers } from "@isoconv/judge";
import { everything, everythingNormal, interspersed, NON_FINITE, SMALLEST } from "../../ops/fills.js";

/** Families whose results depend on one element of each operand. */
const ELEMENTWISE: readonly OpFamily[] = ["activation", "elementwise", "movement"];

/** Special values that sums survive. */
const SPECIAL = [...NON_FINITE, SMALLEST, -SMALLEST];

/** The distance between special values. Where results depend on more elements than half of that, there are none. */
const SPARSE = 211;

/** Exponents of numbers that are summed, and of those that are squared as well. */
const SUMMED = { from: -60, to: 60 };
const SQUARED = { from: -40, to: 24 };
/** Exponents around those of variances that count beside an epsilon. */
const BESIDE_EPSILON = { from: -12, to: 4 };

/** Operations whose results depend on a window. */
const WINDOWED: readonly OpName[] = ["conv2d", "convTranspose2d", "maxPool2d", "avgPool2d", "adaptiveAvgPool2d", "lrn"];

/** More parts than this take longer to draw than their elements. */
const MOST_PARTS = 513;

/**
 * The numbers of a case, which take turns from case to case, because precision and special values are lost from a size on
 * as elements are. Functions of one element: exact integers or reals, then every magnitude and special value. Operations
 * that combine elements: exact integers or reals, then parts of different magnitudes, then a few special values, unless
 * they would reach most results. A softmax has reals only, because of very different numbers all but one result are 0.
 */
export function withNumbers(op: OpName, spec: NetworkSpec, turn: number): NetworkSpec {
  const { family } = definitionOf(op);
  const isElementwise = ELEMENTWISE.includes(family);
  const kind = turn % (isElementwise ? 2 : 3);
  if (kind === 0 || (kind === 2 && 2 * reachOf(spec) > SPARSE)) return withIntegers(spec);
  const { inputs, parameters } = spec.graph;
  const many = inputs.length + parameters.length > 1;
  const fillOf = (shape: readonly number[], index: number): Fill => {
    // Special values of two operands meet each other and, mostly, numbers.
    if (isElementwise) return many ? everythingNormal(shape, index === 0 ? 67 : 71) : everything(shape);
    if (op === "softmax") return reals(2 ** (turn % 8));
    if (op === "logSoftmax" && kind === 2) return reals(2 ** (turn % 24));
    if (kind === 2) return interspersed(reals(1), SPECIAL, SPARSE);
    return op === "batchNorm" ? { kind: "sweep", ...SUMMED } : partsOf(op, shape, rangeOf(spec, turn), turn);
  };
  const fills = Object.fromEntries(
    inputs.map(({ name, shape }, index) => [name, fillOf(bindShape(shape, spec.batch), index)]),
  );
  return { ...spec, fills: { ...spec.fills, ...fills } };
}

/** The exponents that a node's operands may have. */
function rangeOf({ graph }: NetworkSpec, turn: number): typeof SUMMED {
  const [node] = graph.nodes;
  switch (node.op) {
    case "layerNorm":
      return turn % 2 === 0 ? BESIDE_EPSILON : SQUARED;
    case "lrn": {
      // The power of a sum of squares stays in the range of float32.
      const to = Math.floor(SUMMED.to / Math.max(1, node.attrs.beta)) - 6;
      return { from: SQUARED.from, to };
    }
    default:
      return SUMMED;
  }
}

/**
 * Parts of a tensor, each of its own order of magnitude, so that each result is judged by a bound in proportion: rows where
 * results depend on windows, channels where they depend on whole ones, lines of a product, and images elsewhere.
 */
function partsOf(op: OpName, shape: readonly number[], { from, to }: typeof SUMMED, turn: number): Fill {
  const [batch = 1, channels = 1, height = 1, width = 1] = shape;
  const [run, count] = WINDOWED.includes(op)
    ? height > 1
      ? [width, height]
      : [1, width]
    : op === "globalAvgPool2d"
      ? [height * width, batch * channels]
      : op === "linear"
        ? [shape[shape.length - 1] ?? 1, elementCount(shape.slice(0, -1))]
        : [elementCount(shape.slice(1)), batch];
  const [own, parts] = count > MOST_PARTS ? [elementCount(shape.slice(1)), batch] : [run, count];
  const exponentOf = (part: number): number => from + ((turn * 7 + part * 17) % (to - from + 1));
  return {
    kind: "interleaved",
    fills: Array.from({ length: Math.max(1, Math.min(parts, MOST_PARTS)) }, (_, part) => reals(2 ** exponentOf(part))),
    run: Math.max(1, own),
  };
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
