import type { Capabilities, Results } from "@isoconv/core-spec";
import { endToEndComplaint, type FilledNetwork, judgeNetwork, type Memo, referenceResults } from "@isoconv/judge";
import type { Subject } from "./subject.js";

/** Describes what is wrong with results, by the operation's bound or the end-to-end rule; `undefined` if nothing is. */
export async function complaintOf(
  subject: Subject,
  network: FilledNetwork,
  results: Results,
  capabilities: Capabilities,
  memo: Memo,
): Promise<string | undefined> {
  if (subject.kind === "op") {
    const question = { key: subject.name, network, exactly: false };
    const { passed, reason } = await judgeNetwork(question, results, capabilities, memo);
    return passed ? undefined : (reason ?? "disagrees with the oracle");
  }
  const { graph, parameters, feeds } = network;
  const references = await memo.recall(subject.name, () => referenceResults(graph, parameters, feeds));
  return endToEndComplaint(results, references, capabilities);
}
