import { isIsoconvError, type Backend } from "@isoconv/core-spec";
import { fillNetwork, judgeNetwork, type Memo, type NetworkSpec } from "@isoconv/judge";
import type { Witness } from "./drawn-fault.js";

/**
 * A network on which a faulty backend is beyond its bound. A drawn network may be invalid: `make` then throws, which
 * refuses the correct backend too, and discards the draw.
 */
export function onNetwork(make: () => NetworkSpec): Witness {
  return async (backend, memo) => {
    try {
      return await refusalOf(backend, make(), memo);
    } catch (error) {
      if (isIsoconvError(error)) return error.message;
      throw error;
    }
  };
}

async function refusalOf(backend: Backend, network: NetworkSpec, memo: Memo): Promise<string | undefined> {
  const filled = fillNetwork(network, backend.capabilities);
  const executable = await backend.compile(filled.graph, filled.parameters);
  try {
    const question = { key: "witness", network: filled, exactly: false };
    const judgement = await judgeNetwork(question, await executable.run(filled.feeds), backend.capabilities, memo);
    return judgement.passed ? undefined : (judgement.reason ?? "it disagrees");
  } finally {
    await executable.dispose();
  }
}
