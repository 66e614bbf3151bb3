import type { Backend } from "../backend/backend.js";
import type { BackendModule, LoadBackend } from "../backend/backend-module.js";
import { abortError, checkAborted } from "../backend/failure.js";
import { IsoconvError } from "../error.js";

/**
 * A backend to choose from: its module, a function that imports the module, or such a function with an `id` used in
 * refusals. To pass options to `createBackend`, give a module of your own: `{ id, load: async () => ({ createBackend:
 * () => … }) }`.
 */
export type BackendCandidate = BackendModule | LoadBackend | { readonly id: string; readonly load: LoadBackend };

/** Why a backend was not chosen. */
export interface Refusal {
  /** The backend's id, or the candidate's, or its place in the list, such as `candidates[1]`. */
  readonly id: string;
  /** What is wrong and, where known, what to do about it. */
  readonly reason: string;
}

/** The outcome of trying a candidate. */
export type Opened = { readonly id: string; readonly backend: Backend } | { readonly refusal: Refusal };

/**
 * Loads a candidate, checks whether it is available, and creates it.
 *
 * @throws IsoconvError `ABORTED`, at once; a backend that is being created is disposed when it is there.
 *   `INVALID_ATTRIBUTE` for something that is not a candidate
 */
export async function openCandidate(
  candidate: BackendCandidate,
  index: number,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const place = `candidates[${index}]`;
  const load = loaderOf(candidate, place);
  checkAborted(signal);
  const named = "id" in candidate ? candidate.id : undefined;
  try {
    const backend = await unlessAborted(create(load, signal), signal);
    return { id: named ?? backend.id, backend };
  } catch (error) {
    checkAborted(signal);
    return { refusal: { id: named ?? place, reason: reasonOf(error) } };
  }
}

/** An error's message without its code, which the context already states. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^BACKEND_UNAVAILABLE: /, "");
}

function loaderOf(candidate: BackendCandidate, path: string): LoadBackend {
  if (typeof candidate === "function") return candidate;
  if (typeof candidate === "object" && candidate !== null) {
    if ("load" in candidate) return candidate.load;
    if ("createBackend" in candidate) return async () => candidate;
  }
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path,
    what: "no backend to choose",
    expected: "a module with createBackend, () => import(…), or { id, load }",
    received: candidate,
  });
}

async function create(load: LoadBackend, signal: AbortSignal | undefined): Promise<Backend> {
  const module = await load();
  if (typeof module?.createBackend !== "function") {
    throw new IsoconvError("BACKEND_UNAVAILABLE", { what: "the module exports no createBackend" });
  }
  checkAborted(signal);
  const availability = await module.isAvailable?.();
  if (availability?.available === false) throw new Error(availability.reason);
  checkAborted(signal);
  return module.createBackend();
}

/** Rejects as soon as the signal aborts; a backend created after that is disposed. */
function unlessAborted(creating: Promise<Backend>, signal: AbortSignal | undefined): Promise<Backend> {
  if (signal === undefined) return creating;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      creating.then((backend) => backend.dispose()).catch(ignore);
      reject(abortError(signal));
    };
    signal.addEventListener("abort", abort, { once: true });
    // Remove the listener first: a backend that has been returned must not be disposed here.
    creating.finally(() => signal.removeEventListener("abort", abort)).then(resolve, reject);
  });
}

/** The caller has received the abort, so an error of the disposal is dropped. */
function ignore(): void {}
