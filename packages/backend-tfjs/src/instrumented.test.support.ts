import type { Backend } from "@isoconv/core-spec";
import { cpuPeers, createCpuBackend } from "./cpu/create-cpu.js";
import type { Tfjs } from "./library/tfjs.js";
import type { Kernel } from "./runtime.js";
import { createWasmBackend, wasmPeers } from "./wasm/create-wasm.js";

export type BackendName = "cpu" | "wasm";

/** A backend that calls `onKernel` before every kernel it runs. */
export async function instrumented(name: BackendName, onKernel: (kernel: string) => void): Promise<Backend> {
  const watched = (kernelName: string, kernel: Kernel): Kernel => ({
    kernelFunc: (call) => {
      onKernel(kernelName);
      return kernel.kernelFunc(call);
    },
  });
  const load = async (): Promise<Tfjs> => {
    const tf = await cpuPeers.core.load();
    const getKernel: Tfjs["getKernel"] = (kernelName, backendName) => {
      const config = tf.getKernel(kernelName, backendName);
      return { ...config, ...watched(kernelName, config) };
    };
    return { ...tf, getKernel };
  };
  const core = { ...cpuPeers.core, load };
  const ownKernel: typeof cpuPeers.ownKernel = (backend, kernelName) => {
    const kernel = cpuPeers.ownKernel(backend, kernelName);
    return kernel === undefined ? undefined : watched(kernelName, kernel);
  };
  return name === "cpu"
    ? createCpuBackend({ ...cpuPeers, core, ownKernel })
    : createWasmBackend({ ...wasmPeers, core }, {});
}
