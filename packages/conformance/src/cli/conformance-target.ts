import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isIsoconvError, IsoconvError, type Backend, type BackendModule } from "@isoconv/core-spec";
import type { Expectation } from "../run/expectation.js";

/** A backend's module, optionally with a list of its known failures. */
export interface TestedModule extends BackendModule {
  readonly expectations?: readonly Expectation[];
}

/** The backend under test. */
export interface Target {
  readonly create: () => Promise<Backend>;
  readonly expectations: readonly Expectation[];
}

/**
 * Finds a backend by id or by the path of a module.
 *
 * @param find the backends known by id
 * @param threads the number of threads of the runtime; by default the runtime chooses
 * @throws IsoconvError `BACKEND_UNAVAILABLE` if it cannot run here; `INVALID_ATTRIBUTE` for a module without a backend
 */
export async function openTarget(
  name: string,
  find: (id: string) => Promise<TestedModule>,
  threads?: number,
): Promise<Target> {
  const module = isPath(name) ? await importModule(name) : await find(name);
  const availability = await module.isAvailable?.();
  if (availability?.available === false) throw unavailable(name, availability.reason);
  const create = async (): Promise<Backend> => {
    try {
      return await module.createBackend(threads === undefined ? {} : { threads });
    } catch (cause) {
      throw isIsoconvError(cause) ? cause : unavailable(name, messageOf(cause), cause);
    }
  };
  return { create, expectations: module.expectations ?? [] };
}

/** Whether a name is the path of a module: ids have neither slashes nor file extensions. */
export function isPath(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

async function importModule(path: string): Promise<TestedModule> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw unavailable(path, `the module cannot be imported: ${messageOf(cause)}`, cause);
  }
  if (isTestedModule(module)) return module;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "--backend",
    what: `${path} is no backend`,
    expected: "a module that exports the function createBackend, and optionally isAvailable and the list expectations",
  });
}

function isTestedModule(module: unknown): module is TestedModule {
  if (typeof module !== "object" || module === null) return false;
  const exported: Readonly<Record<string, unknown>> = { ...module };
  const { createBackend, isAvailable, expectations } = exported;
  return (
    typeof createBackend === "function" &&
    (isAvailable === undefined || typeof isAvailable === "function") &&
    (expectations === undefined || Array.isArray(expectations))
  );
}

function unavailable(name: string, reason: string, cause?: unknown): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    path: name,
    what: reason.replace(/^BACKEND_UNAVAILABLE: /, ""),
    ...(cause === undefined ? {} : { cause }),
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
