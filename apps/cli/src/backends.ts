import { backendsOn } from "@isoconv/backends";
import { modules } from "@isoconv/backends/node";
import { didYouMean, IsoconvError, pickBackend, type Backend, type LoadBackend } from "@isoconv/core-spec";

/** A built-in backend. Its module, and with it the runtime, is imported by `load` only. */
export interface BackendEntry {
  readonly id: string;
  readonly load: LoadBackend;
}

export const backends: readonly BackendEntry[] = backendsOn("node").map(({ id }) => ({ id, load: modules[id] }));

/** The suite takes half a second to load, and only commands that open a backend need a part of it. */
const suite = (): Promise<typeof import("@isoconv/conformance/cli")> => import("@isoconv/conformance/cli");

/** Whether a built-in backend computes on the processor. */
export function isOnCpu(id: string): boolean {
  return backendsOn("node").some((each) => each.id === id && each.device === "cpu");
}

/**
 * The entry with the given id.
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
 * Creates a backend by its id, or your own by the path of a module that exports `createBackend`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown id or a module that is not a backend; `BACKEND_UNAVAILABLE`
 *   with the reason if it cannot run here
 */
export async function openBackend(source: string, threads: number | undefined): Promise<Backend> {
  const { openTarget } = await suite();
  return (await openTarget(source, (id) => backendEntry(id).load(), threads)).create();
}

/** The word that stands for the first backend that runs here. */
export const AUTOMATIC = "auto";

/**
 * What is tried for it, in this order. WebGPU has to be named: a software GPU, which is slower than the processor that it runs on,
 * is available too.
 */
const PREFERRED_RUNTIMES: readonly string[] = ["CUDA", "ONNX Runtime", "TensorFlow", "WebAssembly", "JavaScript"];

/**
 * Creates the first backend that runs here.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason of each
 */
export async function openFirst(threads: number | undefined): Promise<Backend> {
  const rows = PREFERRED_RUNTIMES.flatMap((wanted) => backendsOn("node").filter(({ runtime }) => runtime === wanted));
  const candidates = rows.map(({ id }) => ({
    id,
    load: async () => {
      const module = await backendEntry(id).load();
      return { ...module, createBackend: () => module.createBackend({ threads }) };
    },
  }));
  return (await pickBackend(candidates)).backend;
}

/**
 * Creates the backend of an entry.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function createBackend({ id, load }: BackendEntry, threads: number | undefined): Promise<Backend> {
  const { openTarget } = await suite();
  return (await openTarget(id, load, threads)).create();
}

/** A reason without the error code, for output that already shows the status. */
export function withoutCode(message: string): string {
  return message.replace(/^BACKEND_UNAVAILABLE: /, "");
}
