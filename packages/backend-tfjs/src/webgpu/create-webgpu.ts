import {
  adapterName,
  checkOptions,
  IsoconvError,
  loadPeer,
  startWithin,
  type Backend,
  type Peer,
} from "@isoconv/core-spec";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { tfjsBackend } from "../backend.js";
import { kernelRuntime, type Runtime } from "../runtime.js";
import { WEBGPU_OPTIONS, type WebgpuBackendOptions } from "./options.js";
import { measureArithmetic } from "../gpu/measure-arithmetic.js";
import { navigatorGpu } from "./navigator.js";
import { restartable, type Session } from "../gpu/restartable.js";
import { tfjsPeer, VERSION, type Tfjs } from "../library/tfjs.js";
import { discardBuffers } from "./webgpu-buffers.js";
import { DeviceErrors } from "./webgpu-errors.js";
import { correctPrograms } from "./webgpu-programs.js";

type TfjsWebgpu = typeof import("@tensorflow/tfjs-backend-webgpu");

/** The parts of the backend; tests replace them. */
export interface WebgpuPeers {
  readonly core: Peer<Tfjs>;
  readonly webgpu: Peer<TfjsWebgpu>;
  /** @throws IsoconvError `BACKEND_UNAVAILABLE` where there is no WebGPU */
  readonly loadGpu: () => Promise<GPU>;
  /** For `Capabilities.notes`. */
  readonly notes?: readonly string[] | undefined;
}

export function webgpuPeers(loadGpu: () => Promise<GPU>): WebgpuPeers {
  return {
    core: tfjsPeer,
    webgpu: {
      name: "@tensorflow/tfjs-backend-webgpu",
      version: VERSION,
      load: () => import("@tensorflow/tfjs-backend-webgpu"),
      // The package exports no version; the kernels' attributes are those of the core it was published with.
      versionOf: () => VERSION,
    },
    loadGpu,
  };
}

interface Loaded {
  readonly tf: Tfjs;
  readonly webgpu: TfjsWebgpu;
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function loadWebgpu(peers: WebgpuPeers, options: WebgpuBackendOptions): Promise<Loaded> {
  checkOptions(options, WEBGPU_OPTIONS, { op: "createBackend" });
  return startWithin(options, { what: "WebGPU" }, () => load(peers, options));
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function createWebgpuBackend(peers: WebgpuPeers, options: WebgpuBackendOptions): Promise<Backend> {
  checkOptions(options, WEBGPU_OPTIONS, { op: "createBackend" });
  const limited = { what: "WebGPU", discard: (late: Backend) => late.dispose() };
  return startWithin(options, limited, () => open(peers, options));
}

async function load(peers: WebgpuPeers, { powerPreference }: WebgpuBackendOptions): Promise<Loaded> {
  const tf = await loadPeer(peers.core, [peers.webgpu]);
  const webgpu = await loadPeer(peers.webgpu);
  const gpu = await peers.loadGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: powerPreference ?? "high-performance" });
  if (adapter === null) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "WebGPU finds no adapter: no GPU, or no driver that it accepts",
      hint:
        "Browser: turn hardware acceleration on, see chrome://gpu or about:support; Chromium on Linux may need --enable-unsafe-webgpu. " +
        "Node: install a Vulkan driver (Debian: libvulkan1, mesa-vulkan-drivers) or name one in VK_DRIVER_FILES",
    });
  }
  return { tf, webgpu, gpu, adapter };
}

async function open(peers: WebgpuPeers, options: WebgpuBackendOptions): Promise<Backend> {
  const loaded = await load(peers, options);
  const { tf, adapter } = loaded;
  const { limits } = adapter;
  const runtime = restartable(await openSession(loaded), async () => openSession(await loadWebgpu(peers, options)));
  const arithmetic = await measureArithmetic(runtime).catch(async (error: unknown) => {
    await runtime.close?.();
    throw error;
  });
  return tfjsBackend({
    id: "tfjs-webgpu",
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "gpu",
      adapter: adapterName(adapter.info),
      threads: 1,
      notes: peers.notes,
      ...arithmetic,
      convAlgorithm: "direct",
      // WGSL allows implementations to assume that there are neither:
      // https://www.w3.org/TR/WGSL/#floating-point-evaluation
      nonFinite: "indeterminate",
      limits: { arrayBytes: Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize) },
    },
    runtime,
  });
}

/** Limits that the kernels benefit from; a device has the lowest values unless more is requested. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

/** A separate device, which no other code in the program can destroy or fill. */
async function openSession({ tf, webgpu, gpu, adapter }: Loaded): Promise<Session> {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits }).catch((cause: unknown) => {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "WebGPU's adapter gives no device",
      hint: "The adapter's own error is the cause; a GPU that just crashed may need a while",
      cause,
    });
  });
  let lost: GPUDeviceLostInfo | undefined;
  void device.lost.then((info) => (lost = info));
  try {
    const backend = withGpu(gpu, () => new webgpu.WebGPUBackend(device, adapter.info));
    // Otherwise small operations would run in JavaScript, with another arithmetic.
    backend.shouldExecuteOnCPU = () => false;
    correctPrograms(backend);
    return { runtime: deviceRuntime(tf, backend, device), lost: () => lost };
  } catch (error) {
    device.destroy();
    throw error;
  }
}

function deviceRuntime(tf: Tfjs, backend: WebGPUBackend, device: GPUDevice): Runtime {
  const errors = new DeviceErrors(device);
  let failed = false;
  const settle = async (): Promise<void> => {
    const error = await errors.next();
    if (error === undefined) return;
    failed = true;
    throw error;
  };
  const runtime = kernelRuntime({
    backend,
    kernel: (name) => tf.getKernel(name, "webgpu"),
    isRunning: () => true,
    traits: {
      aliasesHostMemory: true,
      dilatedDepthwiseStrides: false,
      affineBatchNorm: false,
      maxPoolDropsNaN: false,
      reluPassesSubnormals: true,
      lrnSpreadsNaN: false,
    },
  });
  return {
    ...runtime,
    write(data, shape) {
      if (failed) {
        // TensorFlow.js keeps freed buffers for reuse, including those that the device failed to allocate.
        discardBuffers(backend.bufferManager);
        failed = false;
      }
      return runtime.write(data, shape);
    },
    async read(dataId) {
      const reading = runtime.read(dataId);
      // Both must have ended before anything is freed; the device's own error is more specific.
      const [read, settled] = await Promise.allSettled([reading, settle()]);
      if (settled.status === "rejected") throw settled.reason;
      if (read.status === "rejected") throw read.reason;
      return read.value;
    },
    settle,
    close: async () => {
      backend.dispose();
      device.destroy();
    },
  };
}

/** TensorFlow.js reads `navigator.gpu` only when its backend is made. */
function withGpu<T>(gpu: GPU, work: () => T): T {
  if (navigatorGpu() !== undefined) return work();
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  try {
    return work();
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
    if (before !== undefined) Object.defineProperty(globalThis, "navigator", before);
  }
}
