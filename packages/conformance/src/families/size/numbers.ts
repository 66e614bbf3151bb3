import { bindShape, definitionOf, elementCount, type OpFamily, type OpName } from "@isoconv/core-spec";
import { type Fill, type NetworkSpec, ruleOf, withIntegers } from "@isoconv/judge";
import { everything, everythingNormal, interspersed, NON_FINITE } from "../../ops/fills.js";

/** Families whose results depend on one element of each operand. */
const ELEMENTWISE: readonly OpFamily[] = ["activation", "elementwise", "movement"];

/** The distance between special values. Where results depend on more elements than half of that, there are none. */
const SPARSE = 211;

/**
 * Exponents of the images of a batch, each of its own order of magnitude, so that each result is judged by a bound in
 * proportion. Normalisations square the numbers and raise them to powers.
 */
const SUMMED = { from: -60, to: 60 };
const NORMALISED = { from: -40, to: 24 };

/**
 * The numbers of a case, which take turns from case to case, because precision and special values are lost from a size on
 * as elements are. Functions of one element: exact integers or reals, then every magnitude and special value. Operations
 * that combine elements: exact integers or reals, then images of different magnitudes, then a few special values, unless
 * they would reach most results. A softmax has reals only, because of very different numbers all but one result are 0.
 */
export function withNumbers(op: OpName, spec: NetworkSpec, turn: number): NetworkSpec {
  const { family } = definitionOf(op);
  const isElementwise = ELEMENTWISE.includes(family);
  const kind = turn % (isElementwise ? 2 : 3);
  if (kind === 0 || (kind === 2 && 2 * reachOf(spec) > SPARSE)) return withIntegers(spec);
  const { inputs, parameters } = spec.graph;
  const many = inputs.length + parameters.length > 1;
  const range = family === "normalisation" && op !== "batchNorm" && op !== "logSoftmax" ? NORMALISED : SUMMED;
  const fillOf = (shape: readonly number[], index: number): Fill => {
    // Special values of two operands meet each other and, mostly, numbers.
    if (isElementwise) return many ? everythingNormal(shape, index === 0 ? 67 : 71) : everything(shape);
    if (op === "softmax" || (op === "logSoftmax" && kind === 2)) return reals(2 ** (turn % 4));
    return kind === 1 ? imagesOf(shape, range, turn) : interspersed(reals(1), NON_FINITE, SPARSE);
  };
  const fills = Object.fromEntries(
    inputs.map(({ name, shape }, index) => [name, fillOf(bindShape(shape, spec.batch), index)]),
  );
  return { ...spec, fills: { ...spec.fills, ...fills } };
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

/** Each image within another power of 2. */
function imagesOf([batch = 1, ...image]: readonly number[], { from, to }: typeof SUMMED, turn: number): Fill {
  const exponentOf = (item: number): number => from + ((turn * 7 + item * 17) % (to - from + 1));
  return {
    kind: "interleaved",
    fills: Array.from({ length: Math.max(1, batch) }, (_, item) => reals(2 ** exponentOf(item))),
    run: Math.max(1, elementCount(image)),
  };
}

function reals(limit: number): Fill {
  return { kind: "uniform", low: -limit, high: limit };
}
