import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { IsoconvError, type Availability, type Backend } from "@isoconv/core-spec";
import type { Expectation } from "../run/expectation.js";

/** What a module under test exports. */
export interface BackendModule {
  readonly createBackend: (options?: { readonly threads?: number }) => Promise<Backend>;
  readonly isAvailable?: () => Promise<Availability>;
  /** What its author knows of it. */
  readonly expectations?: readonly Expectation[];
}

/** Whether a backend is named by the path of its module instead of an id: `./backend.js`, `../x/y.mjs`, `z.js`. */
export function isModulePath(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/**
 * Imports a backend's module.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when it cannot be imported or does not export `createBackend`
 */
export async function importBackend(path: string): Promise<BackendModule> {
  const url = path.startsWith("file:") ? path : pathToFileURL(resolve(path)).href;
  let module: Partial<BackendModule>;
  try {
    module = (await import(url)) as Partial<BackendModule>;
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw new IsoconvError("BACKEND_UNAVAILABLE", { path, what: `the module cannot be imported (${reason})`, cause });
  }
  const { createBackend } = module;
  if (typeof createBackend === "function") return { ...module, createBackend };
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    path,
    what: "not a backend's module",
    expected: "an export createBackend",
    received: Object.keys(module),
  });
}

/**
 * Creates a backend that can run here.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function openBackend(module: BackendModule, threads: number | undefined): Promise<Backend> {
  const availability = (await module.isAvailable?.()) ?? { available: true };
  if (!availability.available) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", { what: availability.reason.replace(/^BACKEND_UNAVAILABLE: /, "") });
  }
  return module.createBackend(threads === undefined ? {} : { threads });
}
