import { nextTask, type Backend, type Executable } from "@isoconv/core-spec";
import type { BackendId } from "./catalogue.js";
import { createBackend } from "./create-backend.js";
import { buildNetwork, type Image } from "./network.js";
import type { Handlers, TaskContext } from "./serve.js";
import type { RunEvent, RunResult, WarmRuns } from "./tasks.js";

/** The backend of this worker. It is kept until another one is requested. */
let open: { readonly id: BackendId; readonly backend: Promise<Backend> } | undefined;

/**
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function openBackend(id: BackendId, base: string): Promise<Backend> {
  if (open?.id === id) return open.backend;
  await closeBackend();
  const backend = createBackend(id, base);
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
  const executable = await backend.compile(model.graph, parameters);
  try {
    tell({ phase: "running" });
    const end = performance.now() + warm.budgetMilliseconds;
    const { logits } = await executable.run({ input: images }, { signal });
    const coldMilliseconds = performance.now() - start;
    const { capabilities } = backend;
    tell({ phase: "cold", capabilities, logits, coldMilliseconds });
    const warmMilliseconds = await runWarm(executable, images, { ...warm, end }, { signal, tell });
    return { capabilities, logits, coldMilliseconds, warmMilliseconds };
  } finally {
    await executable.dispose();
  }
};

/** Several ticks of the coarsest clock, which is 1 ms in browsers where the page is not isolated. */
const LEAST_MEASURED_MILLISECONDS = 10;

/** Milliseconds per run, for as many rounds as time allows. A round consists of several short runs in a row. */
async function runWarm(
  executable: Executable,
  images: Image,
  { least, most, end }: Pick<WarmRuns, "least" | "most"> & { readonly end: number },
  { signal, tell }: Pick<TaskContext<RunEvent>, "signal" | "tell">,
): Promise<RunResult["warmMilliseconds"]> {
  const rounds: number[] = [];
  while (rounds.length < least || (rounds.length < most && performance.now() < end)) {
    // Lets an abort in.
    await nextTask();
    const begin = performance.now();
    let runs = 0;
    do {
      await executable.run({ input: images }, { signal });
      runs += 1;
    } while (performance.now() - begin < LEAST_MEASURED_MILLISECONDS);
    const milliseconds = (performance.now() - begin) / runs;
    rounds.push(milliseconds);
    tell({ phase: "warm", milliseconds });
  }
  return rounds;
}
