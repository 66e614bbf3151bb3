import { isIsoconvError, IsoconvError, type Backend, type Clock } from "@isoconv/core-spec";
import type { AbsentBackend, BenchedBackend } from "./bench-report.js";

/** How to create a backend under test. */
export interface BackendSource {
  /** Its name in the report: the backend's id, with a mark if a backend is timed against itself. */
  readonly id: string;
  readonly create: () => Promise<Backend>;
}

/** A backend that exists as long as the benchmark. */
export interface Runner {
  readonly id: string;
  readonly backend: Backend;
  readonly benched: BenchedBackend;
}

export interface Runners {
  readonly runners: readonly Runner[];
  readonly unavailable: readonly AbsentBackend[];
  /** Disposes every backend. */
  dispose(): Promise<void>;
}

/**
 * Creates every backend that can run here, one after another.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when none can; whatever else `create` throws
 */
export async function createRunners(sources: readonly BackendSource[], now: Clock): Promise<Runners> {
  const runners: Runner[] = [];
  const unavailable: AbsentBackend[] = [];
  const dispose = async (): Promise<void> => {
    for (const { backend } of runners) await backend.dispose();
  };
  try {
    for (const { id, create } of sources) {
      try {
        const start = now();
        const backend = await create();
        const { runtime, device, adapter, threads } = backend.capabilities;
        runners.push({ id, backend, benched: { id, runtime, device, adapter, threads, create: now() - start } });
      } catch (error) {
        if (!isIsoconvError(error, "BACKEND_UNAVAILABLE")) throw error;
        unavailable.push({ id, reason: error.message });
      }
    }
    if (runners.length === 0) {
      throw new IsoconvError("BACKEND_UNAVAILABLE", {
        what: "no backend can run here",
        hint: unavailable.map(({ id, reason }) => `${id}: ${reason}`).join("; "),
      });
    }
    return { runners, unavailable, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
