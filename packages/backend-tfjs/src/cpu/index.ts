import { availabilityOf, type Availability, type Backend, type BackendOptions } from "@isoconv/core-spec";
import { cpuPeers, createCpuBackend, loadCpu } from "./create-cpu.js";

/**
 * TensorFlow.js's plain JavaScript backend, `tfjs-cpu`: slow, runs anywhere, propagates NaN and ∞ as IEEE 754 does.
 *
 * @param _options ignored: plain JavaScript has one thread
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when a package is missing or of another version
 */
export async function createBackend(_options: BackendOptions = {}): Promise<Backend> {
  return createCpuBackend(cpuPeers);
}

/** Whether `createBackend` can succeed here, and if not, why and what to install. */
export async function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadCpu(cpuPeers));
}
