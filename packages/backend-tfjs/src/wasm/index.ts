import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import { createWasmBackend, loadWasm, wasmPeers } from "./create-wasm.js";
import type { WasmBackendOptions } from "./options.js";

export type { WasmBackendOptions } from "./options.js";

/**
 * TensorFlow.js's WebAssembly backend, `tfjs-wasm`: XNNPACK with SIMD.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when a package is missing or of another version, or the runtime does not
 *   start; `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export async function createBackend(options: WasmBackendOptions = {}): Promise<Backend> {
  return createWasmBackend(wasmPeers, options);
}

/** Whether `createBackend` can succeed here, and if not, why and what to install. */
export async function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadWasm(wasmPeers));
}
