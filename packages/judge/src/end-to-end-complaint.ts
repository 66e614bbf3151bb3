import { ownValue, type Results } from "@isoconv/core-spec";
import { judgeEndToEnd, type Reference } from "./end-to-end.js";
import type { Rounding } from "./noise-floor.js";

/**
 * Describes what is wrong with a network's results by the end-to-end rule, for the class of arithmetic that the backend
 * declares; `undefined` if nothing is.
 */
export function endToEndComplaint(
  results: Results,
  references: ReadonlyMap<string, Reference>,
  rounding: Rounding,
): string | undefined {
  for (const [name, reference] of references) {
    const got = ownValue(results, name);
    if (got === undefined) return `output "${name}": not returned`;
    const { agrees, deviation, bound, wrongTop1 } = judgeEndToEnd(got, reference, rounding);
    if (agrees) continue;
    const [off, right] = [deviation.toExponential(1), bound.toExponential(1)];
    const wrong = deviation > bound ? [`deviates by ${off} of the largest element, at most ${right} is right`] : [];
    if (wrongTop1.length > 0) wrong.push(`another largest element in rows ${wrongTop1.join(", ")}`);
    return `output "${name}": ${wrong.join("; ")}`;
  }
  return undefined;
}
