import type { Capabilities } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import { fillNetwork, type FilledNetwork } from "@isoconv/judge";
import { isSpec } from "../report/network-codec.js";
import type { CaseResult } from "../report/report.js";

/** The network of a result: its counterexample, or the network of the case; `undefined` for cases without a network. */
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
