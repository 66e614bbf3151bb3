import type { Capabilities, Results } from "@isoconv/core-spec";
import { judgeEndToEnd, referenceResults } from "../end-to-end.js";
import type { Memo } from "../families/family.js";
import { judgeNetwork } from "../judge/judge-network.js";
import type { FilledNetwork } from "../plan/network-spec.js";
import type { Subject } from "./subject.js";

/** What is wrong with results, by the operation's bound or the end-to-end rule; `undefined` if nothing is. */
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
  const references = await memo.recall(`${subject.name}|${capabilities.arithmetic}`, () =>
    referenceResults(graph, parameters, feeds),
  );
  for (const [name, reference] of references) {
    const got = Object.hasOwn(results, name) ? results[name] : undefined;
    if (got === undefined) return `output "${name}": not returned`;
    const { agrees, deviation, bound, wrongTop1 } = judgeEndToEnd(got, reference);
    if (agrees) continue;
    return deviation > bound
      ? `output "${name}": deviates by ${deviation.toExponential(1)} of the largest element, at most ${bound.toExponential(1)} is right`
      : `output "${name}": another largest element in rows ${wrongTop1.join(", ")}`;
  }
  return undefined;
}
