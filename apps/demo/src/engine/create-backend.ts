import { modules } from "@isoconv/backends/page";
import type { Backend } from "@isoconv/core-spec";
import type { BackendId } from "./catalogue.js";

/**
 * Creates a backend; its runtime is fetched now and not before. In a worker only: runtimes keep their thread.
 *
 * @param base the page's address: files that are not bundled lie beside it
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function createBackend(id: BackendId, base: string): Promise<Backend> {
  if (id === "tfjs-wasm") return (await modules[id]()).createBackend({ wasmPaths: new URL("tfjs-wasm/", base).href });
  // Without a GPU too: the page says what it runs on, and is for looking, not for speed.
  if (id === "tfjs-webgl") return (await modules[id]()).createBackend({ software: true });
  return (await modules[id]()).createBackend();
}
