import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import { openNodeWebGpu } from "./open-node-webgpu.js";
import type { OnnxOptions } from "../runtime/options.js";

export type { OnnxOptions } from "../runtime/options.js";

/**
 * A backend on `onnxruntime-node`'s WebGPU provider: Vulkan on Linux, Direct3D 12 on Windows, Metal on macOS.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing or this machine has no GPU driver for it,
 *   `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function createBackend(options: OnnxOptions = {}): Promise<Backend> {
  return openNodeWebGpu(options);
}

/** Whether `onnxruntime-node` is installed and finds a GPU here; if not, why, and what to install. */
export function isAvailable(): Promise<Availability> {
  return availabilityOf(() => openNodeWebGpu({}).then((backend) => backend.dispose()));
}
