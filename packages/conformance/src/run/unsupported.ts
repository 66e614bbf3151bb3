import { isIsoconvError } from "@isoconv/core-spec";
import type { RunContext } from "../families/family.js";
import type { Lack } from "../families/lack.js";
import { failed, fillNetwork, type Judgement, passed } from "@isoconv/judge";

/** Checks that compiling an operation that is declared unsupported fails with the code `UNSUPPORTED`. */
export async function judgeUnsupported(
  { ops, network }: Lack,
  { backend, capabilities }: Pick<RunContext, "backend" | "capabilities">,
): Promise<Judgement> {
  const { graph, parameters } = fillNetwork(network, capabilities);
  try {
    // Without passes, because they may remove an operation that changes nothing.
    await (await backend.compile(graph, parameters, { passes: [] })).dispose();
  } catch (error) {
    if (isIsoconvError(error, "UNSUPPORTED")) return passed();
    const text = error instanceof Error ? error.message : String(error);
    return failed(`${ops.join(", ")}: declared unsupported, but refused in another way: ${text}`);
  }
  return failed(`${ops.join(", ")}: declared unsupported, but compiled`);
}
