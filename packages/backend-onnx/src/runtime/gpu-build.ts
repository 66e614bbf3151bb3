import { checkWebAssembly, loadPeer, startWithin } from "@isoconv/core-spec";
import { exclusive } from "./exclusive.js";
import type { OnnxWebOptions } from "./options.js";
import type { LoadOrt, Ort } from "./ort.js";
import { webPeer } from "./peers.js";

/**
 * The build on Dawn's interface, with WebGPU and WebNN. The package's main entry holds the deprecated one, and is twice its
 * size.
 */
export const importGpuBuild: LoadOrt = () => import("onnxruntime-web/webgpu");

/** @throws IsoconvError `BACKEND_UNAVAILABLE` */
export async function loadGpuBuild(load: LoadOrt, options: OnnxWebOptions): Promise<Ort> {
  checkWebAssembly("the runtime's code on the host is compiled to it");
  return startWithin(options, { what: `the import of ${webPeer.name}` }, () => loadPeer({ ...webPeer, load }));
}

/** Its file of WebAssembly. */
export const GPU_FILE = "ort-wasm-simd-threaded.asyncify.wasm";

/** Its one WebAssembly module keeps its call stack across awaits, and waits for the GPU often: calls must not overlap. */
export const oneAtATime = exclusive();
