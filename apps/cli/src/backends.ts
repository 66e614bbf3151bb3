import { openTarget, type BackendModule } from "@isoconv/conformance/cli";
import { IsoconvError, type Backend, type Capabilities } from "@isoconv/core-spec";

/** A backend the command knows; its module, and so its runtime, is imported only when asked for. */
export interface BackendEntry {
  readonly id: string;
  readonly load: () => Promise<BackendModule>;
}

export const backends: readonly BackendEntry[] = [
  { id: "reference", load: () => import("@isoconv/backend-reference") },
  { id: "onnx-node", load: () => import("@isoconv/backend-onnx/node") },
  { id: "onnx-wasm", load: () => import("@isoconv/backend-onnx/wasm") },
  { id: "tfjs-cpu", load: () => import("@isoconv/backend-tfjs/cpu") },
  { id: "tfjs-wasm", load: () => import("@isoconv/backend-tfjs/wasm") },
];

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

/** What `isoconv doctor` says of one backend. */
export type DoctorRow = { readonly backend: string } & (
  | ({ readonly available: true } & Pick<
      Capabilities,
      "runtime" | "threads" | "device" | "arithmetic" | "convAlgorithm" | "nonFinite" | "subnormals"
    >)
  | { readonly available: false; readonly reason: string }
);

/** Creates a backend to see whether it really works here, and says what it is. */
export async function availabilityOf(entry: BackendEntry): Promise<DoctorRow> {
  try {
    const backend = await createBackend(entry, undefined);
    const { runtime, threads, device, arithmetic, convAlgorithm, nonFinite, subnormals } = backend.capabilities;
    await backend.dispose();
    return {
      backend: entry.id,
      available: true,
      runtime,
      threads,
      device,
      arithmetic,
      convAlgorithm,
      nonFinite,
      subnormals,
    };
  } catch (error) {
    return {
      backend: entry.id,
      available: false,
      reason: withoutCode(error instanceof Error ? error.message : String(error)),
    };
  }
}

/** A reason without the code it came with, for places that have said it already. */
export function withoutCode(message: string): string {
  return message.replace(/^BACKEND_UNAVAILABLE: /, "");
}
