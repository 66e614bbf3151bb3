import { checkOptions, isIsoconvError, loadPeer, peerUnavailable, type Backend } from "@isoconv/core-spec";
import { webgpuTable } from "../runtime/webgpu-table.js";
import { onnxBackend } from "../runtime/backend.js";
import { importGpuBuild, oneAtATime } from "../runtime/gpu-build.js";
import { requestDevice } from "../runtime/gpu.js";
import { heldDevice, type HeldDevice } from "./held-device.js";
import { ONNX_OPTIONS, type OnnxOptions } from "../runtime/options.js";
import type { LoadOrt, Ort } from "../runtime/ort.js";
import { webPeer } from "../runtime/peers.js";
import { WITHOUT_CPU } from "../runtime/provider.js";
import { webgpuTraits } from "../runtime/webgpu-traits.js";

/** Loads the JavaScript side of the runtime and looks for a GPU. */
export async function loadWebGpu(load: LoadOrt = importGpuBuild): Promise<void> {
  await loadPeer({ ...webPeer, load });
  (await requestDevice()).device.destroy();
}

export async function openWebGpu(options: OnnxOptions, load: LoadOrt = importGpuBuild): Promise<Backend> {
  checkOptions(options, ONNX_OPTIONS, { op: "createBackend" });
  const ort = await loadPeer({ ...webPeer, load });
  // The host does no arithmetic: threads would only be started to idle.
  ort.env.wasm.numThreads = 1;
  const device = await openDevice(ort);
  return onnxBackend({
    id: "onnx-webgpu",
    ort,
    runtime: { name: webPeer.name, version: ort.env.versions.web ?? ort.env.versions.common },
    provider: device.provider,
    traits: { ...webgpuTraits, adapter: device.adapter, limits: device.limits },
    table: webgpuTable,
    threads: 1,
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "kept",
    sessionConfig: WITHOUT_CPU,
    exclusive: oneAtATime,
    dispose: device.dispose,
  });
}

async function openDevice(ort: Ort): Promise<HeldDevice> {
  try {
    return await heldDevice(ort, oneAtATime);
  } catch (cause) {
    throw isIsoconvError(cause) ? cause : peerUnavailable(webPeer, cause);
  }
}
