import { env } from "node:process";
import {
  availabilityOf,
  backendOptions,
  checkFullPrecision,
  checkOptions,
  IsoconvError,
  optionChecks,
  prepareTf32,
  settleTf32,
  startWithin,
  type Availability,
  type Backend,
  type BackendOptions,
  type CudaArithmetic,
  type KnownOptions,
} from "@isoconv/core-spec";
import { createTensorflowBackend, loadTensorflow, tensorflowPeers } from "../native/create-tensorflow.js";
import type { TensorFlowBinding } from "../native/binding.js";

const peers = tensorflowPeers("@tensorflow/tfjs-node-gpu");

/** CUDA reads the choice once: it counts with the first backend of a program. `threads` is ignored. */
export interface CudaBackendOptions extends BackendOptions {
  /** `tf32` lets convolutions and products round their operands to 10 bits, which is faster. By default `f32`. */
  readonly arithmetic?: CudaArithmetic | undefined;
}

const CUDA_OPTIONS: KnownOptions<CudaBackendOptions> = {
  known: { ...backendOptions.known, arithmetic: optionChecks.oneOf(["f32", "tf32"]) },
};

const CUDA = { what: "TensorFlow on CUDA" };

/**
 * TensorFlow's C library on an NVIDIA card, `tfjs-cuda`. Node only.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, of another version or was installed without
 *   its native parts, when it finds no card, or when other arithmetic was chosen before; `INVALID_ATTRIBUTE` for an
 *   unknown option or one out of its domain
 */
export async function createBackend(options: CudaBackendOptions = {}): Promise<Backend> {
  const { binding, arithmetic } = await loadOnCard(options);
  // cuDNN chooses among its algorithms by measuring them.
  const backend = createTensorflowBackend({ id: "tfjs-cuda", binding, arithmetic, convAlgorithm: "fast" });
  if (arithmetic === "tf32") return backend;
  try {
    await startWithin(options, CUDA, () => checkFullPrecision(backend));
    return backend;
  } catch (error) {
    // Not awaited, because what hangs does not end; the caller needs the first error.
    backend.dispose().catch(() => {});
    throw error;
  }
}

/**
 * Whether `createBackend` can succeed here, and if not, why and what to install. The check loads TensorFlow, so pass
 * the options that the backend will be created with.
 */
export async function isAvailable(options: CudaBackendOptions = {}): Promise<Availability> {
  return availabilityOf(() => loadOnCard(options));
}

/** TensorFlow on a card, and the arithmetic that it computes with. */
interface OnCard {
  readonly binding: TensorFlowBinding;
  readonly arithmetic: CudaArithmetic;
}

async function loadOnCard(options: CudaBackendOptions): Promise<OnCard> {
  checkOptions(options, CUDA_OPTIONS, { op: "createBackend" });
  const { arithmetic = "f32" } = options;
  return { arithmetic, binding: await startWithin(options, CUDA, () => startOnCard(arithmetic)) };
}

async function startOnCard(arithmetic: CudaArithmetic): Promise<TensorFlowBinding> {
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
