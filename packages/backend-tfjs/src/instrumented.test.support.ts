import type { Backend } from "@isoconv/core-spec";
import { cpuPeers, createCpuBackend } from "./cpu/create-cpu.js";
import type { Tfjs } from "./library/tfjs.js";
import { createWasmBackend, wasmPeers } from "./wasm/create-wasm.js";

export type BackendName = "cpu" | "wasm";

/** A backend that calls `onKernel` before every kernel it runs. */
export async function instrumented(name: BackendName, onKernel: (kernel: string) => void): Promise<Backend> {
  const load = async (): Promise<Tfjs> => {
    const tf = await cpuPeers.core.load();
    const getKernel: Tfjs["getKernel"] = (kernelName, backendName) => {
      const config = tf.getKernel(kernelName, backendName);
      return {
        ...config,
        kernelFunc: (call) => {
          onKernel(kernelName);
          return config.kernelFunc(call);
        },
      };
    };
    return { ...tf, getKernel };
  };
  const core = { ...cpuPeers.core, load };
  return name === "cpu" ? createCpuBackend({ ...cpuPeers, core }) : createWasmBackend({ ...wasmPeers, core }, {});
}
