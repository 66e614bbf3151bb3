import {
  adapterName,
  isIsoconvError,
  IsoconvError,
  messageOf,
  startWithin,
  type AdapterInfo,
  type BackendOptions,
} from "@isoconv/core-spec";
import { globalProperty, isNode } from "./host.js";

/** The parts of a `GPUDevice` used here. */
export interface GpuDevice {
  readonly limits: object;
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  destroy(): void;
}

interface GpuAdapter {
  /** Available in Chrome since 127. */
  readonly info?: AdapterInfo;
  readonly limits: object;
  requestDevice(descriptor: { readonly requiredLimits: Readonly<Record<string, number>> }): Promise<GpuDevice>;
}

interface Gpu {
  requestAdapter(options: { readonly powerPreference: "high-performance" }): Promise<GpuAdapter | null>;
}

/** The features that ONNX Runtime's shaders use. A device has only the minimum unless more is requested. */
const USED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxBindGroups",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
] as const;

export interface FoundDevice {
  readonly device: GpuDevice;
  /** The name of the device's adapter. */
  readonly adapter: string | undefined;
}

/**
 * Requests a device with all the limits of its adapter.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the reason and what to do
 */
export async function requestDevice(options: Pick<BackendOptions, "startTimeout">): Promise<FoundDevice> {
  const gpu = globalProperty("navigator", "gpu");
  if (!isGpu(gpu)) throw unavailable("this host has no WebGPU", whereToFind());
  const limited = { what: "the browser's GPU", hint: HOW_TO_ENABLE, discard: discardDevice };
  try {
    const found = await startWithin(options, limited, () => findDevice(gpu));
    if (found !== undefined) return found;
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw unavailable(`the browser refuses a WebGPU device: ${messageOf(cause)}`, HOW_TO_ENABLE, cause);
  }
  throw unavailable("the browser has WebGPU, but no adapter for it", HOW_TO_ENABLE);
}

async function findDevice(gpu: Gpu): Promise<FoundDevice | undefined> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return undefined;
  const device = await adapter.requestDevice({ requiredLimits: readLimits(adapter.limits, USED_LIMITS) });
  return { device, adapter: adapterName(adapter.info) };
}

function discardDevice(late: FoundDevice | undefined): void {
  late?.device.destroy();
}

/** Limits are getters of a prototype, so neither spreading nor listing keys finds them. */
export function readLimits(limits: object, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = Reflect.get(limits, name);
      return typeof value === "number" ? [[name, value]] : [];
    }),
  );
}

const HOW_TO_ENABLE =
  "Turn hardware acceleration on, see chrome://gpu or about:support; Chrome on Linux may need --enable-unsafe-webgpu --enable-features=Vulkan, and without a GPU --use-webgpu-adapter=swiftshader";

function whereToFind(): string {
  if (isNode()) return "In Node import @isoconv/backend-onnx/node-webgpu";
  if (globalProperty("isSecureContext") === false) return "Serve the page over HTTPS or from localhost";
  return "Use Chrome or Edge 113, Safari 26, Firefox 141 or later";
}

function isGpu(value: unknown): value is Gpu {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "requestAdapter") === "function";
}

function unavailable(what: string, hint: string, cause?: unknown): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", { what, hint, ...(cause === undefined ? {} : { cause }) });
}
