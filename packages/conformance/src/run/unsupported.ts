import { isIsoconvError } from "@isoconv/core-spec";
import type { RunContext } from "../families/family.js";
import type { Lack } from "../families/lack.js";
import { failed, fillNetwork, type Judgement, passed } from "@isoconv/judge";

/** Sees to it that a backend refuses to compile what it declares unsupported, with the code `UNSUPPORTED`. */
export async function judgeUnsupported(
  { ops, network }: Lack,
  { backend, capabilities }: Pick<RunContext, "backend" | "capabilities">,
): Promise<Judgement> {
  const { graph, parameters } = fillNetwork(network, capabilities);
  try {
    // As written: the backend's own passes may drop the operation where it happens to change nothing.
    await (await backend.compile(graph, parameters, { passes: [] })).dispose();
  } catch (error) {
    if (isIsoconvError(error, "UNSUPPORTED")) return passed();
    const text = error instanceof Error ? error.message : String(error);
    return failed(`${ops.join(", ")}: declared unsupported, refused otherwise: ${text}`);
  }
  return failed(`${ops.join(", ")}: declared unsupported, yet compiled`);
}
