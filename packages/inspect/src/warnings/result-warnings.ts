import type { Results } from "@isoconv/core-spec";
import { describeNonFinite } from "./non-finite.js";
import type { Warning } from "./warning.js";

/** What is remarkable about the results of a run. */
export function resultWarnings(results: Results): readonly Warning[] {
  return Object.entries(results).flatMap(([name, tensor]): readonly Warning[] => {
    const text = describeNonFinite(tensor);
    if (text === undefined) return [];
    const message = `${text}. Look for NaN or very large values in weights and input`;
    return [{ code: "NON_FINITE_OUTPUT", path: `results["${name}"]`, message }];
  });
}
