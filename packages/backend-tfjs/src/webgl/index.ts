import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import { createWebglBackend, loadWebgl, webglPeers } from "./create-webgl.js";
import type { WebglBackendOptions } from "./options.js";

export type { WebglBackendOptions } from "./options.js";

/**
 * TensorFlow.js's WebGL backend, `tfjs-webgl`, on GPUs that have no WebGPU too. In browsers only.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when a package or WebGL is missing; `INVALID_ATTRIBUTE` for an unknown option or
 *   one out of its domain
 */
export async function createBackend(options: WebglBackendOptions = {}): Promise<Backend> {
  return createWebglBackend(webglPeers, options);
}

/** Whether `createBackend` can succeed here, and if not, why and what to do. */
export async function isAvailable(options: WebglBackendOptions = {}): Promise<Availability> {
  return availabilityOf(() => loadWebgl(webglPeers, options));
}
