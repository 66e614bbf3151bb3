import { availabilityOf, IsoconvError, type Availability, type Backend } from "@isoconv/core-spec";
import { navigatorGpu } from "./navigator.js";
import { createWebgpuBackend, loadWebgpu, webgpuPeers } from "./create-webgpu.js";
import type { WebgpuBackendOptions } from "./options.js";

export type { WebgpuBackendOptions } from "./options.js";

const peers = webgpuPeers(async () => {
  const gpu = navigatorGpu();
  if (gpu !== undefined) return gpu;
  const insecure = Reflect.get(globalThis, "isSecureContext") === false;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: insecure ? "WebGPU is hidden from a page that came over plain HTTP" : "this browser has no WebGPU",
    hint: insecure
      ? "Serve the page over HTTPS or from localhost"
      : "Use a newer Chrome, Edge, Safari or Firefox, or @isoconv/backend-tfjs/webgl or /wasm",
  });
});

/**
 * TensorFlow.js's WebGPU backend, `tfjs-webgpu`, on its own device. Under Node it runs on Dawn, from the package
 * `webgpu`.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when a package, WebGPU or a GPU is missing; `INVALID_ATTRIBUTE` for an unknown option or
 *   one out of its domain
 */
export async function createBackend(options: WebgpuBackendOptions = {}): Promise<Backend> {
  return createWebgpuBackend(peers, options);
}

/** Whether `createBackend` can succeed here, and if not, why and what to do. */
export async function isAvailable(options: WebgpuBackendOptions = {}): Promise<Availability> {
  return availabilityOf(() => loadWebgpu(peers, options));
}
