import { checkAborted, type Backend, type Results } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";

/**
 * Compiles, runs and disposes a network.
 *
 * @throws IsoconvError as `Backend.compile` and `Executable.run`
 */
export async function runOnce(
  backend: Backend,
  { graph, parameters, feeds }: FilledNetwork,
  signal: AbortSignal | undefined,
): Promise<Results> {
  checkAborted(signal);
  const executable = await backend.compile(graph, parameters);
  try {
    return await executable.run(feeds, { signal });
  } finally {
    await executable.dispose();
  }
}
