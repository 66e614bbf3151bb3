import type { Capabilities } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import { fillNetwork, type FilledNetwork } from "@isoconv/judge";
import { isSpec } from "../report/network-codec.js";
import type { CaseResult } from "../report/report.js";

/** The network that shows what a case found: its counterexample, or the case's own; none where a case is no network. */
export function networkOf(
  testCase: Case,
  { counterexample }: Pick<CaseResult, "counterexample">,
  capabilities: Capabilities,
): FilledNetwork | undefined {
  if (counterexample !== undefined) {
    return isSpec(counterexample) ? fillNetwork(counterexample, capabilities) : counterexample;
  }
  return "network" in testCase ? fillNetwork(testCase.network, capabilities) : undefined;
}
