import type { Results } from "@isoconv/core-spec";
import { referenceResults } from "./end-to-end.js";
import type { JudgedRun } from "./judged-run.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";
import { failed, passed, type Judgement } from "./judgement.js";

/** Judges a whole network's outputs by the noise floor and the top class. */
export async function judgeWhole(key: string, network: FilledNetwork, run: JudgedRun): Promise<Judgement> {
  const { capabilities, memo } = run;
  const { graph, parameters, feeds } = network;
  const results = await runOnce(network, run);
  const references = await memo.recall(key, () => referenceResults(graph, parameters, feeds));
  const complaint = endToEndComplaint(results, references, capabilities);
  return complaint === undefined ? passed() : failed(complaint);
}

/** Disposes the executable before the oracle runs, because both hold all the parameters. */
async function runOnce({ graph, parameters, feeds }: FilledNetwork, { backend, signal }: JudgedRun): Promise<Results> {
  const executable = await backend.compile(graph, parameters);
  try {
    return await executable.run(feeds, { signal });
  } finally {
    await executable.dispose();
  }
}
