import { definitionOf, type OpName } from "@isoconv/core-spec";
import { binades } from "../../ops/fills.js";
import { enlarged } from "./enlarged.js";
import { ELEMENTWISE } from "./lanes.js";
import type { SpecialCase } from "./special-case.js";

/**
 * The operation's example with a batch in which each image has its own order of magnitude, so that each result is judged
 * by a bound in proportion: numbers that half precision, integers or fixed point do not hold. Sums and products of a few
 * such numbers are finite; normalisations square and raise them to powers. Elementwise operations have such numbers in
 * `laneCases`.
 */
export function binadeCases(op: OpName): readonly SpecialCase[] {
  const { family } = definitionOf(op);
  if (ELEMENTWISE.includes(family)) return [];
  const [from, to] = family === "normalisation" ? [-40, 24] : [-60, 60];
  const batch = (): number => to - from + 1;
  return [enlarged(op, "every-binade", batch, (_place, elements) => binades(elements, from, to))];
}
