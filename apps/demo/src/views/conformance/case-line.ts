import type { CaseResult } from "@isoconv/conformance";
import type { CaseLine } from "./suite-tasks.js";

/** What of a result crosses to the page. */
export function lineOf(result: CaseResult): CaseLine {
  const line: CaseLine & { counterexample?: unknown } = { ...result };
  delete line.counterexample;
  return line;
}
