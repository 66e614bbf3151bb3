import { loadPeer } from "@isoconv/core-spec";
import { navigatorGpu } from "./navigator.js";

/** Dawn for Node. The instance lives as long as the process, because devices do not survive it. */
let instance: GPU | undefined;

/**
 * The process's own WebGPU, or else Dawn's. Dawn's constants, such as `GPUBufferUsage`, become globals, where
 * TensorFlow.js expects them.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE`
 */
export async function loadDawn(): Promise<GPU> {
  const native = navigatorGpu();
  if (native !== undefined) return native;
  if (instance !== undefined) return instance;
  // Node has no WebGPU of its own.
  const dawn = await loadPeer({ name: "webgpu", version: "0.6.2", load: () => import("webgpu") });
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  instance ??= dawn.create([]);
  return instance;
}
