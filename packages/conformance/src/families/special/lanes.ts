import { definitionOf, docOf, sameShape, type OpFamily, type OpName } from "@isoconv/core-spec";
import { exampleNetwork, type Fill, oneOpNetwork, ruleOf } from "@isoconv/judge";
import {
  binades,
  everyMagnitude,
  everyNormal,
  everything,
  interspersed,
  NON_FINITE,
  NORMAL,
  SPECIAL,
} from "../../ops/fills.js";
import { enlarged } from "./enlarged.js";
import type { SpecialCase } from "./special-case.js";

/** Families whose results depend on one element of each operand: a special value spoils one result only. */
const ELEMENTWISE: readonly OpFamily[] = ["activation", "elementwise", "movement"];

/** The longest vector that kernels are known to use. */
const LANES = 64;
/** Distances of special values in elementwise operands: no two operands have the same, none divides a vector. */
const DENSE = [67, 71, 73] as const;
/** So far apart that most sums over a window have none, or one of them. */
const SPARSE = 211;
/**
 * Elements of the first operand: kernels for large arrays, workers and indices of 16 bits begin below. Results that must
 * be exact are cheaper to compare; those that combine elements are dearer to compute.
 */
const MANY = { rounded: 2 ** 18, exact: 2 ** 19, combined: 2 ** 17 };

/**
 * Exponents of the images of a batch, each of its own order of magnitude, so that each result is judged by a bound in
 * proportion: numbers that half precision, integers or fixed point do not hold. Sums and products of a few such numbers
 * are finite; normalisations square them and raise them to powers.
 */
const SUMMED = [-60, 60] as const;
const NORMALISED = [-40, 24] as const;

/** Special values at each position of a vector, and in the rest that fills no vector. New operations get these cases too. */
export function laneCases(op: OpName): readonly SpecialCase[] {
  if (mapsEachElement(op)) return [manyElements(op)];
  if (ELEMENTWISE.includes(definitionOf(op).family)) {
    const batch = (elements: number): number => Math.ceil((LANES * SPECIAL.length * DENSE[0]) / elements) + 1;
    const [base, values] = hasOneOperand(op) ? [everyMagnitude, SPECIAL] : [everyNormal, NORMAL];
    return [enlarged(op, "every-lane", batch, (place) => interspersed(base, values, DENSE[place]))];
  }
  const [from, to] = definitionOf(op).family === "normalisation" ? NORMALISED : SUMMED;
  const batch = (elements: number): number => Math.ceil(MANY.combined / elements) + 1;
  const fill = (elements: number): Fill => interspersed(binades(elements, from, to), NON_FINITE, SPARSE);
  return [enlarged(op, "every-magnitude", batch, (_place, elements) => fill(elements))];
}

/** Whether the operation is a function of one element, for arrays of any shape. */
function mapsEachElement(op: OpName): boolean {
  const { inputs, nodes } = exampleNetwork(op, op).graph;
  return (
    inputs.length === 1 &&
    nodes[0] !== undefined &&
    sameShape(nodes[0].shape, inputs[0].shape) &&
    definitionOf(op).inputs["x"]?.layout === "any shape" &&
    hasOneOperand(op)
  );
}

function hasOneOperand(op: OpName): boolean {
  return Object.keys(definitionOf(op).inputs).length === 1;
}

/** A long array that ends in a part of a vector. */
function manyElements(op: OpName): SpecialCase {
  return {
    name: "every-magnitude",
    network: (id) => {
      const { graph } = exampleNetwork(op, id);
      const count = MANY[ruleOf(graph, graph.nodes[0], 1).kind === "rounded" ? "rounded" : "exact"] + LANES - 1;
      return oneOpNetwork(id, op, { x: [count] }, docOf(op).example.attrs, {
        fills: { x: everything([count]) },
      });
    },
  };
}
