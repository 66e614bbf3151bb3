import { IsoconvError } from "../../error.js";
import { messageOf } from "../failure.js";

/** The smallest module: the magic number and the version. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Compiles an empty module, before files of megabytes are fetched for nothing.
 *
 * @param instead what to use where there is no WebAssembly
 * @throws IsoconvError `BACKEND_UNAVAILABLE` where there is no WebAssembly, or the page forbids it
 */
export function checkWebAssembly(instead: string): void {
  const webAssembly: unknown = Reflect.get(globalThis, "WebAssembly");
  if (!isWebAssembly(webAssembly)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "this host has no WebAssembly",
      hint: `It may be turned off, as in Node by --jitless or in browsers by a lockdown mode; ${instead}`,
    });
  }
  try {
    void new webAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `the page's Content-Security-Policy forbids WebAssembly: ${messageOf(cause)}`,
      hint: "Add 'wasm-unsafe-eval' to its script-src (of the worker's own response in a worker)",
      cause,
    });
  }
}

interface WebAssemblyObject {
  readonly Module: new (bytes: Uint8Array) => object;
}

function isWebAssembly(value: unknown): value is WebAssemblyObject {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "Module") === "function";
}
