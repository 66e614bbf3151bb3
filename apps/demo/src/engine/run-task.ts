import type { Backend } from "@isoconv/core-spec";
import { creators, type BackendId } from "./catalogue.js";
import { buildNetwork } from "./network.js";
import type { Handlers } from "./serve.js";

/** The backend of this worker: it has one, and keeps it until another is asked for. */
let open: { readonly id: BackendId; readonly backend: Promise<Backend> } | undefined;

/**
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function openBackend(id: BackendId, base: string): Promise<Backend> {
  if (open?.id === id) return open.backend;
  await closeBackend();
  const backend = creators[id]({ base });
  open = { id, backend };
  try {
    return await backend;
  } catch (error) {
    open = undefined;
    throw error;
  }
}

async function closeBackend(): Promise<void> {
  const closing = open;
  open = undefined;
  if (closing !== undefined) await (await closing.backend).dispose();
}

export const run: Handlers["run"] = async (given, { signal, tell }) => {
  const { backend: id, base, network, images, warm } = given;
  const { model, parameters } = await buildNetwork(network);
  const start = performance.now();
  tell({ phase: "opening" });
  const backend = await openBackend(id, base);
  signal.throwIfAborted();
  tell({ phase: "compiling" });
  await using executable = await backend.compile(model.graph, parameters);
  tell({ phase: "running" });
  const end = performance.now() + warm.budgetMilliseconds;
  const { logits } = await executable.run({ input: images }, { signal });
  const coldMilliseconds = performance.now() - start;
  const { capabilities } = backend;
  tell({ phase: "cold", capabilities, logits, coldMilliseconds });
  const warmMilliseconds: number[] = [];
  for (let round = 0; round < warm.least || (round < warm.most && performance.now() < end); round += 1) {
    // Lets an abort in.
    await new Promise((resolve) => void setTimeout(resolve));
    const begin = performance.now();
    await executable.run({ input: images }, { signal });
    const milliseconds = performance.now() - begin;
    warmMilliseconds.push(milliseconds);
    tell({ phase: "warm", milliseconds });
  }
  return { capabilities, logits, coldMilliseconds, warmMilliseconds };
};
