import type { Backend } from "@isoconv/core-spec";
import type { Fed } from "@isoconv/goldens";
import { judgeNetwork, Memo } from "@isoconv/judge";
import { createBackend as createNode } from "./node/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

/** Both runtimes, with and without ONNX Runtime's graph optimisations. */
export function openBackends(): Promise<readonly Backend[]> {
  const levels = ["disabled", "all"] as const;
  return Promise.all(
    [createNode, createWasm].flatMap((create) =>
      levels.map((graphOptimizationLevel) => create({ threads: 1, graphOptimizationLevel })),
    ),
  );
}

/** How a graph's result disagrees with the oracle on some backend, if it does. `exactly` leaves roundings no room. */
export async function disagreement(
  backends: readonly Backend[],
  { graph, feeds }: Fed,
  exactly = false,
): Promise<string | undefined> {
  const memo = new Memo();
  const network = { graph, parameters: {}, feeds };
  for (const backend of backends) {
    await using executable = await backend.compile(graph, {}, { passes: [] });
    const results = await executable.run(feeds);
    const question = { key: graph.name, network, exactly };
    const { reason } = await judgeNetwork(question, results, backend.capabilities, memo);
    if (reason !== undefined) return `${backend.id}: ${reason}`;
  }
  return undefined;
}
