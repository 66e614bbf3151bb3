import type { Backend } from "@isoconv/core-spec";
import { importBackend, isModulePath, openBackend as openModule } from "@isoconv/conformance/cli";
import { backendEntry } from "./backends.js";

/**
 * A backend by its id, or one's own by the path of a module that exports `createBackend`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown id, `BACKEND_UNAVAILABLE` for one that cannot run here and for
 *   a module that is none
 */
export async function openBackend(source: string, threads: number | undefined): Promise<Backend> {
  return openModule(isModulePath(source) ? await importBackend(source) : await backendEntry(source).load(), threads);
}
