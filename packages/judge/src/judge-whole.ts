import { referenceResults } from "./end-to-end.js";
import type { JudgedRun } from "./judged-run.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";
import { failed, passed, type Judgement } from "./judgement.js";

/** Judges a whole network's outputs by the noise floor and the top class. */
export async function judgeWhole(key: string, network: FilledNetwork, run: JudgedRun): Promise<Judgement> {
  const { backend, capabilities, memo, signal } = run;
  const { graph, parameters, feeds } = network;
  const executable = await backend.compile(graph, parameters);
  try {
    const results = await executable.run(feeds, { signal });
    const references = await memo.recall(key, () => referenceResults(graph, parameters, feeds));
    const complaint = endToEndComplaint(results, references, capabilities);
    return complaint === undefined ? passed() : failed(complaint);
  } finally {
    await executable.dispose();
  }
}
