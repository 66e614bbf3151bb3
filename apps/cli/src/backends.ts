import { backendsOn } from "@isoconv/backends";
import { modules } from "@isoconv/backends/node";
import { openTarget } from "@isoconv/conformance/cli";
import { didYouMean, IsoconvError, type Backend, type LoadBackend } from "@isoconv/core-spec";

/** A backend the command knows; its module, and so its runtime, is imported only when asked for. */
export interface BackendEntry {
  readonly id: string;
  readonly load: LoadBackend;
}

export const backends: readonly BackendEntry[] = backendsOn("node").map(({ id }) => ({ id, load: modules[id] }));

/**
 * The entry of that id.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`
 */
export function backendEntry(id: string): BackendEntry {
  const entry = backends.find((candidate) => candidate.id === id);
  if (entry !== undefined) return entry;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "--backend",
    what: "no such backend",
    expected: backends.map((candidate) => candidate.id).join(", "),
    received: id,
    hint: didYouMean(
      id,
      backends.map((candidate) => candidate.id),
    ),
  });
}

/**
 * Creates a backend by its id, or one's own by the path of a module that exports `createBackend`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown id and for a module that is no backend; `BACKEND_UNAVAILABLE`
 *   with the reason where it cannot run here
 */
export async function openBackend(source: string, threads: number | undefined): Promise<Backend> {
  return (await openTarget(source, (id) => backendEntry(id).load(), threads)).create();
}

/**
 * Creates the backend of an entry.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function createBackend({ id, load }: BackendEntry, threads: number | undefined): Promise<Backend> {
  return (await openTarget(id, load, threads)).create();
}

/** A reason without the code it came with, for places that have said it already. */
export function withoutCode(message: string): string {
  return message.replace(/^BACKEND_UNAVAILABLE: /, "");
}
