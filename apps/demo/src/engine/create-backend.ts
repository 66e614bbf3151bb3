import { modules } from "@isoconv/backends/page";
import type { Backend } from "@isoconv/core-spec";
import type { BackendId } from "./catalogue.js";

/** Where the runtimes' `.wasm` files are served from, if not beside the page; set when the page is built. */
const WASM_PATHS: string | undefined = import.meta.env["VITE_WASM_PATHS"];

/**
 * Creates a backend; its runtime is fetched now and not before. In a worker only: runtimes keep their thread.
 *
 * @param base the page's address: files that are not bundled lie beside it
 * @param folder of all `.wasm` files, absolute or from the page's address
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason
 */
export async function createBackend(id: BackendId, base: string, folder = WASM_PATHS): Promise<Backend> {
  const configured = folder === undefined ? {} : { wasmPaths: new URL(folder, base).href };
  if (isOnnx(id)) return (await modules[id]()).createBackend(configured);
  if (id === "tfjs-wasm") {
    return (await modules[id]()).createBackend({ wasmPaths: new URL("tfjs-wasm/", base).href, ...configured });
  }
  // Without a GPU too: the page says what it runs on, and is for looking, not for speed.
  if (id === "tfjs-webgl") return (await modules[id]()).createBackend({ software: true });
  return (await modules[id]()).createBackend();
}

/** Whether it is one on ONNX Runtime, which in a page is WebAssembly always. */
function isOnnx(id: BackendId): id is Extract<BackendId, `onnx-${string}`> {
  return id.startsWith("onnx-");
}
