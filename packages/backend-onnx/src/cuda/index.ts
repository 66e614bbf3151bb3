import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import { openCuda } from "./open-cuda.js";
import type { CudaOptions } from "../runtime/options.js";

export type { CudaOptions } from "../runtime/options.js";

/**
 * A backend on `onnxruntime-node`'s CUDA provider: NVIDIA GPUs, Linux x64. Unverified on hardware. There is no fallback
 * to the CPU: a graph for which the provider lacks kernels is `UNSUPPORTED`.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package, its CUDA provider, CUDA, cuDNN or the driver is missing,
 *   or the process already uses another arithmetic; `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function createBackend(options: CudaOptions = {}): Promise<Backend> {
  return openCuda(options);
}

/**
 * Whether CUDA starts here; if not, why, and what to install or set. The check starts CUDA, so pass the options that
 * the backend will be created with.
 */
export function isAvailable(options: CudaOptions = {}): Promise<Availability> {
  return availabilityOf(() => openCuda(options).then((backend) => backend.dispose()));
}
