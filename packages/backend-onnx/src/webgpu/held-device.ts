import type { DeviceLimits } from "@isoconv/core-spec";
import type { Exclusive } from "../runtime/exclusive.js";
import { GPU_FILE } from "../runtime/gpu-build.js";
import { readLimits, requestDevice, type GpuDevice } from "../runtime/gpu.js";
import type { OnnxWebOptions } from "../runtime/options.js";
import type { Ort } from "../runtime/ort.js";
import type { Provider } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";
import { startWeb } from "../runtime/start-web.js";
import { webgpuProvider } from "../runtime/webgpu-traits.js";

/** A device that is replaced when it is lost. */
export interface HeldDevice {
  readonly adapter: string | undefined;
  readonly notes: readonly string[] | undefined;
  readonly limits: DeviceLimits;
  /** The device to compile for: the current one, or a new one if that was lost. */
  readonly provider: () => Promise<Provider>;
  readonly dispose: () => Promise<void>;
}

/** A device that the runtime uses. */
interface OpenDevice {
  readonly adapter: string | undefined;
  readonly notes: readonly string[] | undefined;
  readonly limits: DeviceLimits;
  readonly provider: Required<Provider>;
  readonly close: () => Promise<void>;
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE` when there is no device, or the runtime cannot use it */
export async function heldDevice(ort: Ort, exclusive: Exclusive, options: OnnxWebOptions): Promise<HeldDevice> {
  let device = await openDevice(ort, exclusive, options);
  return {
    adapter: device.adapter,
    notes: device.notes,
    limits: device.limits,
    provider: async () => {
      if (device.provider.loss() !== undefined) {
        const lost = device;
        device = await openDevice(ort, exclusive, options);
        await lost.close();
      }
      return device.provider;
    },
    dispose: () => device.close(),
  };
}

async function openDevice(ort: Ort, exclusive: Exclusive, options: OnnxWebOptions): Promise<OpenDevice> {
  const { device, adapter } = await requestDevice(options);
  let loss: Error | undefined;
  void lossOf(device).then((error) => (loss = error));
  const config = { ...webgpuProvider, device };
  try {
    // The runtime releases a device's compiled shaders with its last session, so this session keeps them.
    const { started: anchor, notes } = await exclusive(() =>
      startWeb({
        ort,
        file: GPU_FILE,
        options,
        start: () => startSession(ort, config),
        discard: (late) => late.release(),
      }),
    );
    return {
      adapter,
      notes,
      limits: limitsOf(device),
      provider: { config, loss: () => loss },
      close: async () => {
        await exclusive(() => anchor.release());
        device.destroy();
      },
    };
  } catch (error) {
    device.destroy();
    throw error;
  }
}

async function lossOf({ lost }: GpuDevice): Promise<Error> {
  const { reason, message } = await lost;
  return new Error(`the GPU device was lost (${reason}): ${message}`);
}

/** A shader accesses a buffer through one binding. */
function limitsOf({ limits }: GpuDevice): DeviceLimits {
  const sizes = readLimits(limits, ["maxBufferSize", "maxStorageBufferBindingSize"]);
  return { arrayBytes: Math.min(...Object.values(sizes)) };
}
