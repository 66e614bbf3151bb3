import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import type { OnnxWebOptions } from "../runtime/options.js";
import { loadWebGpu, openWebGpu } from "./open-webgpu.js";

export type { OnnxOptions, OnnxWebOptions } from "../runtime/options.js";

/**
 * A backend on `onnxruntime-web`: WebGPU in browsers. The backend owns its device and destroys it when disposed.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, or the browser has no WebGPU or no adapter
 *   for it, `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function createBackend(options: OnnxWebOptions = {}): Promise<Backend> {
  return openWebGpu(options);
}

/** Whether `onnxruntime-web` is installed and this browser has a GPU for it; if not, why, and what to do. */
export function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadWebGpu());
}
