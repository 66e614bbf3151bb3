import {
  checkOptions,
  isIsoconvError,
  IsoconvError,
  messageOf,
  nativeNotes,
  startWithin,
  type Backend,
} from "@isoconv/core-spec";
import { webgpuTable } from "../runtime/webgpu-table.js";
import { onnxBackend } from "../runtime/backend.js";
import { unrestricted } from "../runtime/exclusive.js";
import { loadNode } from "../node/open-node.js";
import { ONNX_OPTIONS, type OnnxOptions } from "../runtime/options.js";
import type { LoadOrt, Ort, Session } from "../runtime/ort.js";
import { nodePeer } from "../runtime/peers.js";
import { lasting, WITHOUT_CPU } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";
import { webgpuProvider, webgpuTraits } from "../runtime/webgpu-traits.js";

export async function openNodeWebGpu(options: OnnxOptions, load?: LoadOrt): Promise<Backend> {
  checkOptions(options, ONNX_OPTIONS, { op: "createBackend" });
  const ort = await loadNode(load, options);
  const anchor = await anchorSession(ort, options);
  return onnxBackend({
    id: "onnx-node-webgpu",
    ort,
    runtime: { name: nodePeer.name, version: ort.env.versions.node ?? ort.env.versions.common },
    provider: lasting(webgpuProvider),
    traits: { ...webgpuTraits, notes: nativeNotes() },
    table: webgpuTable,
    threads: 1,
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "kept",
    sessionConfig: WITHOUT_CPU,
    exclusive: unrestricted,
    dispose: () => anchor.release(),
  });
}

/** The runtime releases the device and its compiled shaders with its last session, so this session keeps them. */
async function anchorSession(ort: Ort, options: OnnxOptions): Promise<Session> {
  const hint = DRIVER[process.platform] ?? "Install a driver for Vulkan, Direct3D 12 or Metal";
  const limited = { what: "the GPU of onnxruntime-node", hint, discard: (late: Session) => late.release() };
  try {
    return await startWithin(options, limited, () => startSession(ort, webgpuProvider));
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `onnxruntime-node finds no GPU for WebGPU: ${reasonIn(messageOf(cause))}`,
      hint,
      cause,
    });
  }
}

/** The runtime's message starts with its source file, function and condition. */
function reasonIn(message: string): string {
  return /was false\. (.*)/s.exec(message)?.[1]?.trim() ?? message;
}

const DRIVER: Readonly<Record<string, string>> = {
  linux:
    "Install libvulkan1 and your GPU's Vulkan driver; without a GPU, set VK_DRIVER_FILES to the .json file of a software one, such as Chromium's vk_swiftshader_icd.json",
  win32: "Install a driver for Direct3D 12",
};
