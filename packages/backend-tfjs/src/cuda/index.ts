import { env } from "node:process";
import {
  availabilityOf,
  checkFullPrecision,
  IsoconvError,
  prepareTf32,
  settleTf32,
  type Availability,
  type Backend,
  type BackendOptions,
  type CudaArithmetic,
} from "@isoconv/core-spec";
import { createTensorflowBackend, loadTensorflow, tensorflowPeers } from "../native/create-tensorflow.js";
import type { TensorFlowBinding } from "../native/binding.js";

const peers = tensorflowPeers("@tensorflow/tfjs-node-gpu");

/** CUDA reads the choice once: it counts with the first backend of a program. `threads` is ignored. */
export interface CudaBackendOptions extends BackendOptions {
  /** `tf32` lets convolutions and products round their operands to 10 bits, which is faster. By default `f32`. */
  readonly arithmetic?: CudaArithmetic | undefined;
}

/**
 * TensorFlow's C library on an NVIDIA card, `tfjs-cuda`. Node only.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, of another version or was installed without
 *   its native parts, when it finds no card, or when other arithmetic was chosen before
 */
export async function createBackend({ arithmetic = "f32" }: CudaBackendOptions = {}): Promise<Backend> {
  const binding = await loadOnCard(arithmetic);
  // cuDNN chooses among its algorithms by measuring them.
  const backend = createTensorflowBackend({ id: "tfjs-cuda", binding, arithmetic, convAlgorithm: "fast" });
  if (arithmetic === "tf32") return backend;
  try {
    await checkFullPrecision(backend);
    return backend;
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}

/**
 * Whether `createBackend` can succeed here, and if not, why and what to install. The check loads TensorFlow, so pass
 * the options that the backend will be created with.
 */
export async function isAvailable({ arithmetic = "f32" }: CudaBackendOptions = {}): Promise<Availability> {
  return availabilityOf(() => loadOnCard(arithmetic));
}

async function loadOnCard(arithmetic: CudaArithmetic): Promise<TensorFlowBinding> {
  prepareTf32(arithmetic, env);
  const binding = await loadTensorflow(peers);
  settleTf32(arithmetic);
  if (binding.isUsingGpuDevice()) return binding;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: "@tensorflow/tfjs-node-gpu found no CUDA device",
    hint:
      "It needs an NVIDIA driver, and CUDA 11.2 and cuDNN 8.1 where the loader finds them; " +
      "or use @isoconv/backend-onnx/cuda, which runs on CUDA 12",
  });
}
