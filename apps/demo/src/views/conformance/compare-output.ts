import type { OracleResult } from "@isoconv/backend-reference";
import { unravel } from "@isoconv/judge";
import type { Tensor } from "@isoconv/core-spec";
import type { ElementPair, OutputComparison } from "./suite-tasks.js";

/** The number of elements shown. */
const SHOWN = 10;

/** The elements of an output with the largest errors; the first elements if nothing was returned. */
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

/** An element's error; `"sign"` for a zero of the wrong sign, whose error is 0. */
export function differenceOf(expected: number, got: number): number | "sign" {
  if (Object.is(expected, got)) return 0;
  return expected === got ? "sign" : got - expected;
}

/** The size of an error for sorting: largest for a wrong NaN or ∞, smallest above 0 for a zero of the wrong sign. */
function errorOf(expected: number, got: number | bigint | undefined): number {
  if (got === undefined) return 0;
  const difference = differenceOf(expected, Number(got));
  if (difference === "sign") return Number.MIN_VALUE;
  const error = Math.abs(difference);
  return Number.isNaN(error) ? Number.MAX_VALUE : Math.min(error, Number.MAX_VALUE);
}
