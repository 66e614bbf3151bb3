import { definitionOf, type OpName } from "@isoconv/core-spec";
import { axes, shapeOf, type OpAxes } from "../families/matrix/axes.js";
import { activations } from "./activations.js";
import { arithmetic } from "./arithmetic.js";
import { saturating } from "./fills.js";
import { movement } from "./movement.js";
import { normalisation } from "./normalisation.js";
import { special, type OpCases } from "./op-cases.js";
import { pooling } from "./pooling.js";
import { products } from "./products.js";

const opCases: Readonly<Partial<Record<OpName, OpCases>>> = {
  ...products,
  ...pooling,
  ...normalisation,
  ...arithmetic,
  ...activations,
  ...movement,
};

/** Every rank from a scalar to the maximum, and an empty tensor. */
const anyShape: OpAxes = axes(
  { shape: [["N", 3, 5, 4], ["N", 7], [5], [], [2, 3, 2, 1, 2, 1, 3, 2], [2, 0, 3], ["N", 130]] },
  (row) => ({ x: shapeOf(row.shape) }),
);

const saturated = special("saturated", { x: [22] }, { x: saturating });

/** The data for an operation's cases: its entry, with defaults by kind of operation. */
export function casesOf(op: OpName): Required<OpCases> {
  const { axes: own, ...rest } = opCases[op] ?? {};
  const { family, inputs } = definitionOf(op);
  if (own === undefined && (Object.keys(inputs).join() !== "x" || inputs["x"]?.layout !== "any shape")) {
    throw new Error(`${op} takes more than one operand of any shape: say in conformance/src/ops which shapes fit`);
  }
  return {
    axes: own ?? anyShape,
    special: family === "activation" ? [saturated] : [],
    misfits: [],
    random: {},
    ...rest,
  };
}
