import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import type { OnnxWebOptions } from "../runtime/options.js";
import { loadWasm, openWasm } from "./open-wasm.js";

export type { OnnxOptions, OnnxWebOptions } from "../runtime/options.js";

/**
 * A backend on `onnxruntime-web`: WebAssembly with SIMD, in browsers and in Node. A process has one such runtime, and
 * the first backend sets its number of threads; a page needs cross-origin isolation to have more than one.
 *
 * Where threads do not run it has one, and `capabilities.notes` says why.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the cause when the package is missing, the module does not start here
 *   within `startTimeout`, or it runs with another number of threads already; `INVALID_ATTRIBUTE` for an unknown option
 *   or one out of its domain
 */
export function createBackend(options: OnnxWebOptions = {}): Promise<Backend> {
  return openWasm(options);
}

/** Whether `onnxruntime-web` is installed and this host has WebAssembly; if not, why, and what to install. */
export function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadWasm());
}
