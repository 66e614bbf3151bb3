import { checkOptions, type Backend } from "@isoconv/core-spec";
import { webgpuTable } from "../runtime/webgpu-table.js";
import { onnxBackend } from "../runtime/backend.js";
import { importGpuBuild, loadGpuBuild, oneAtATime } from "../runtime/gpu-build.js";
import { requestDevice } from "../runtime/gpu.js";
import { heldDevice } from "./held-device.js";
import { ONNX_WEB_OPTIONS, type OnnxWebOptions } from "../runtime/options.js";
import type { LoadOrt } from "../runtime/ort.js";
import { webPeer } from "../runtime/peers.js";
import { WITHOUT_CPU } from "../runtime/provider.js";
import { webgpuTraits } from "../runtime/webgpu-traits.js";

/** Loads the JavaScript side of the runtime and looks for a GPU. */
export async function loadWebGpu(load: LoadOrt = importGpuBuild): Promise<void> {
  await loadGpuBuild(load, {});
  (await requestDevice({})).device.destroy();
}

export async function openWebGpu(options: OnnxWebOptions, load: LoadOrt = importGpuBuild): Promise<Backend> {
  checkOptions(options, ONNX_WEB_OPTIONS, { op: "createBackend" });
  const ort = await loadGpuBuild(load, options);
  // The host does no arithmetic: threads would only be started to idle.
  ort.env.wasm.numThreads = 1;
  const device = await heldDevice(ort, oneAtATime, options);
  return onnxBackend({
    id: "onnx-webgpu",
    ort,
    runtime: { name: webPeer.name, version: ort.env.versions.web ?? ort.env.versions.common },
    provider: device.provider,
    traits: { ...webgpuTraits, adapter: device.adapter, limits: device.limits, notes: device.notes },
    table: webgpuTable,
    threads: 1,
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "kept",
    sessionConfig: WITHOUT_CPU,
    exclusive: oneAtATime,
    dispose: device.dispose,
  });
}
