import {
  availabilityOf,
  backendOptions,
  checkOptions,
  startWithin,
  type Availability,
  type Backend,
  type BackendOptions,
} from "@isoconv/core-spec";
import { cpuPeers, createCpuBackend, loadCpu } from "./create-cpu.js";

/**
 * TensorFlow.js's plain JavaScript backend, `tfjs-cpu`: slow, runs anywhere, propagates NaN and ∞ as IEEE 754 does.
 *
 * @param options `threads` is ignored: plain JavaScript has one
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when a package is missing or of another version, `INVALID_ATTRIBUTE` for an
 *   unknown option or one out of its domain
 */
export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  checkOptions(options, backendOptions, { op: "createBackend" });
  return startWithin(options, { what: "tfjs-cpu", discard: (late) => late.dispose() }, () =>
    createCpuBackend(cpuPeers),
  );
}

/** Whether `createBackend` can succeed here, and if not, why and what to install. */
export async function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadCpu(cpuPeers));
}
