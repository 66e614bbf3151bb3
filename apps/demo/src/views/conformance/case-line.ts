import type { CaseResult } from "@isoconv/conformance";
import type { CaseLine } from "./suite-tasks.js";

/** The part of a result that is sent to the page. */
export function lineOf(result: CaseResult): CaseLine {
  const line: CaseLine & { counterexample?: unknown } = { ...result };
  delete line.counterexample;
  return line;
}
