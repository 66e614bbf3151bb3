import { openTarget, type BackendModule } from "@isoconv/conformance/cli";
import { didYouMean, IsoconvError, type Backend } from "@isoconv/core-spec";

/** A backend the command knows; its module, and so its runtime, is imported only when asked for. */
export interface BackendEntry {
  readonly id: string;
  readonly load: () => Promise<BackendModule>;
}

export const backends: readonly BackendEntry[] = [
  { id: "reference", load: () => import("@isoconv/backend-reference") },
  { id: "onnx-node", load: () => import("@isoconv/backend-onnx/node") },
  { id: "onnx-wasm", load: () => import("@isoconv/backend-onnx/wasm") },
  { id: "onnx-node-webgpu", load: () => import("@isoconv/backend-onnx/node-webgpu") },
  { id: "onnx-cuda", load: () => import("@isoconv/backend-onnx/cuda") },
  { id: "tfjs-cpu", load: () => import("@isoconv/backend-tfjs/cpu") },
  { id: "tfjs-wasm", load: () => import("@isoconv/backend-tfjs/wasm") },
  { id: "tfjs-webgpu", load: async () => withoutOptions(await import("@isoconv/backend-tfjs/webgpu")) },
  { id: "tfjs-node", load: () => import("@isoconv/backend-tfjs/node") },
  { id: "tfjs-cuda", load: async () => withoutOptions(await import("@isoconv/backend-tfjs/cuda")) },
];

/** For backends that have no number of threads to choose. */
function withoutOptions({ createBackend: create }: { readonly createBackend: () => Promise<Backend> }): BackendModule {
  return { createBackend: () => create() };
}

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
