import { formatDeviation } from "@isoconv/conformance";
import { noiseAllowance } from "@isoconv/judge";
import type { VNode } from "preact";
import { ErrorMessage } from "../error-message.js";
import type { OracleRow } from "./comparison.js";
import { comparisonWords } from "./words.js";

/** The state of the oracle, and the bound. */
export function OracleLine({ oracle }: { readonly oracle: OracleRow }): VNode {
  return (
    <div class="oracle">
      {oracle.phase === "failed" ? <ErrorMessage error={oracle.error} /> : <p class="faint">{sentenceOf(oracle)}</p>}
      {oracle.phase === "running" && <progress aria-label={comparisonWords.value.judging} />}
    </div>
  );
}

function sentenceOf({ phase, reference }: OracleRow): string {
  const view = comparisonWords.value;
  if (reference !== undefined) {
    const floor = formatDeviation(reference.noiseFloor);
    return view.oracleDone(floor, formatDeviation(noiseAllowance * reference.noiseFloor), noiseAllowance);
  }
  switch (phase) {
    case "waiting":
      return view.oracleWaiting;
    case "running":
      return view.oracleRunning;
    case "stopped":
      return view.oracleStopped;
    default:
      return view.oracleIdle;
  }
}
