import type { OracleResult } from "@isoconv/backend-reference";
import { unravel } from "@isoconv/judge";
import type { Tensor } from "@isoconv/core-spec";
import type { ElementPair, OutputComparison } from "./suite-tasks.js";

/** How many elements are shown. */
const SHOWN = 10;

/** The elements of an output that are furthest from the oracle's; where nothing was returned, the first. */
export function compareOutput(
  name: string,
  expected: Pick<OracleResult, "shape" | "value"> | undefined,
  got: Tensor | undefined,
): OutputComparison {
  if (expected === undefined) throw new Error(`the oracle returned no "${name}"`);
  const { shape, value } = expected;
  const indices = Array.from(value, (_, index) => index);
  const errors = indices.map((index) => errorOf(value[index], got?.data[index]));
  const furthest = indices.toSorted((a, b) => errors[b] - errors[a] || a - b).slice(0, SHOWN);
  return {
    name,
    expectedShape: shape,
    gotShape: got?.shape,
    furthest: furthest.map((index): ElementPair => {
      const element = got?.data[index];
      return {
        index: unravel(index, shape),
        expected: value[index],
        got: element === undefined ? undefined : Number(element),
      };
    }),
  };
}

/** How far an element is off; a zero of the wrong sign is wrong without any distance. */
export function differenceOf(expected: number, got: number): number | "sign" {
  if (Object.is(expected, got)) return 0;
  return expected === got ? "sign" : got - expected;
}

/** Beyond every number for a NaN or ∞ that should be something else; below every other for a zero of the wrong sign. */
function errorOf(expected: number, got: number | bigint | undefined): number {
  if (got === undefined) return 0;
  const difference = differenceOf(expected, Number(got));
  if (difference === "sign") return Number.MIN_VALUE;
  const error = Math.abs(difference);
  return Number.isNaN(error) ? Number.MAX_VALUE : Math.min(error, Number.MAX_VALUE);
}
