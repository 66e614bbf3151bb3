import { isIsoconvError, type OpName } from "@isoconv/core-spec";
import type { RunContext } from "../families/family.js";
import { failed, passed, type Judgement } from "../judge/judgement.js";
import type { Case } from "../plan/case.js";
import { fillNetwork } from "../plan/network-spec.js";
import { exampleNetwork } from "../plan/example-network.js";

/** Sees to it that a backend refuses to compile what it declares unsupported, with the code `UNSUPPORTED`. */
export async function judgeUnsupported(
  testCase: Case,
  unsupported: readonly OpName[],
  { backend, capabilities }: RunContext,
): Promise<Judgement> {
  const spec = "network" in testCase ? testCase.network : exampleNetwork(unsupported[0], testCase.id);
  const { graph, parameters } = fillNetwork(spec, capabilities);
  try {
    await (await backend.compile(graph, parameters)).dispose();
  } catch (error) {
    if (isIsoconvError(error, "UNSUPPORTED")) return passed();
    const text = error instanceof Error ? error.message : String(error);
    return failed(`${unsupported.join(", ")}: declared unsupported, refused otherwise: ${text}`);
  }
  return failed(`${unsupported.join(", ")}: declared unsupported, yet compiled`);
}
