import { availabilityOf, type Availability, type Backend } from "@isoconv/core-spec";
import { loadNode, openNode } from "./open-node.js";
import type { OnnxOptions } from "../runtime/options.js";

export type { OnnxOptions } from "../runtime/options.js";

/**
 * A backend on `onnxruntime-node`: native code on the CPU. A run blocks the event loop.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing or does not load here, `INVALID_ATTRIBUTE` for
 *   an unknown option or one out of its domain
 */
export function createBackend(options: OnnxOptions = {}): Promise<Backend> {
  return openNode(options);
}

/** Whether `onnxruntime-node` is installed and loads here; if not, why, and what to install. */
export function isAvailable(): Promise<Availability> {
  return availabilityOf(() => loadNode());
}
