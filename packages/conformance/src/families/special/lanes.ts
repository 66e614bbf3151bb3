import { definitionOf, sameShape, type OpFamily, type OpName } from "@isoconv/core-spec";
import { exampleNetwork, oneOpNetwork, reals, ruleOf } from "@isoconv/judge";
import { everyMagnitude, everyNormal, everything, interspersed, NON_FINITE, NORMAL, SPECIAL } from "../../ops/fills.js";
import { enlarged } from "./enlarged.js";
import type { SpecialCase } from "./special-case.js";

/** Families whose results depend on one element of each operand: a special value spoils one result only. */
export const ELEMENTWISE: readonly OpFamily[] = ["activation", "elementwise", "movement"];

/** The longest vector that kernels are known to use. */
const LANES = 64;
/** Distances of special values in elementwise operands: no two operands have the same, none divides a vector. */
const DENSE = [67, 71, 73] as const;
/** So far apart that most sums over a window have none, or one of them. */
const SPARSE = 101;
/**
 * Elements of a case for a function of one element: kernels for large arrays, workers and indices of 16 bits begin below.
 * Results that must be exact are cheaper to compare.
 */
const MANY = { rounded: 2 ** 18, exact: 2 ** 19 };

/** Special values at each position of a vector, and in the rest that fills no vector. New operations get these cases too. */
export function laneCases(op: OpName): readonly SpecialCase[] {
  if (mapsEachElement(op)) return [manyElements(op)];
  if (ELEMENTWISE.includes(definitionOf(op).family)) {
    const batch = (elements: number): number => Math.ceil((LANES * SPECIAL.length * DENSE[0]) / elements) + 1;
    const [base, values] = hasOneOperand(op) ? [everyMagnitude, SPECIAL] : [everyNormal, NORMAL];
    return [enlarged(op, "every-lane", batch, (place) => interspersed(base, values, DENSE[place]))];
  }
  const batch = (elements: number): number => Math.ceil((LANES * NON_FINITE.length * SPARSE) / elements) + 1;
  return [enlarged(op, "every-lane", batch, () => interspersed(reals, NON_FINITE, SPARSE))];
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
      return oneOpNetwork(id, op, { x: [count] }, definitionOf(op).example.attrs, {
        fills: { x: everything([count]) },
      });
    },
  };
}
