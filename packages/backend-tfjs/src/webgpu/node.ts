import { availabilityOf, nativeNotes, type Availability, type Backend } from "@isoconv/core-spec";
import { loadDawn } from "./dawn.js";
import { createWebgpuBackend, loadWebgpu, webgpuPeers } from "./create-webgpu.js";
import type { WebgpuBackendOptions } from "./options.js";

export type { WebgpuBackendOptions } from "./options.js";

const peers = webgpuPeers(loadDawn);

/** As in a browser, but on Dawn, from the package `webgpu`. */
export async function createBackend(options: WebgpuBackendOptions = {}): Promise<Backend> {
  return createWebgpuBackend({ ...peers, notes: nativeNotes() }, options);
}

/** Whether `createBackend` can succeed here, and if not, why and what to do. */
export async function isAvailable(options: WebgpuBackendOptions = {}): Promise<Availability> {
  return availabilityOf(() => loadWebgpu(peers, options));
}
