import { env } from "node:process";
import { IsoconvError, roundedProduct, type Availability, type Backend } from "@isoconv/core-spec";
import { availability } from "../start/peer.js";
import { createTensorflowBackend, loadTensorflow, tensorflowPeers } from "../native/create-tensorflow.js";
import type { TensorFlowBinding } from "../native/binding.js";

const peers = tensorflowPeers("@tensorflow/tfjs-node-gpu");

/** CUDA reads the choice once: it counts with the first backend of a program. */
export interface CudaBackendOptions {
  /** `tf32` lets convolutions and products round their operands to 10 bits, which is faster. By default `f32`. */
  readonly arithmetic?: "f32" | "tf32" | undefined;
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
 * Whether `createBackend` can succeed here, and if not, why and what to install. To know it TensorFlow is loaded, so ask
 * with the options that the backend is to be created with.
 */
export async function isAvailable({ arithmetic = "f32" }: CudaBackendOptions = {}): Promise<Availability> {
  return availability(() => loadOnCard(arithmetic));
}

/** Read by NVIDIA's libraries when they are loaded. TensorFlow's own switch is not part of its C API. */
const VARIABLE = "NVIDIA_TF32_OVERRIDE";
/** As the program has it. */
const given = env[VARIABLE];
/** What TensorFlow was loaded for. */
let loaded: "f32" | "tf32" | undefined;

async function loadOnCard(arithmetic: "f32" | "tf32"): Promise<TensorFlowBinding> {
  if (loaded !== undefined && loaded !== arithmetic) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      path: "options.arithmetic",
      what: "TensorFlow runs in other arithmetic already, and cannot change it",
      expected: loaded,
      received: arithmetic,
      hint: "Ask for the same arithmetic everywhere in a program",
    });
  }
  if (arithmetic === "f32") env[VARIABLE] = "0";
  else if (given === undefined) delete env[VARIABLE];
  else env[VARIABLE] = given;
  const binding = await loadTensorflow(peers);
  loaded = arithmetic;
  if (binding.isUsingGpuDevice()) return binding;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: "@tensorflow/tfjs-node-gpu found no CUDA device",
    hint:
      "It wants an NVIDIA driver, and CUDA 11.2 and cuDNN 8.1 where the loader finds them; " +
      "or use @isoconv/backend-onnx/cuda, which runs on CUDA 12",
  });
}

/** In a worker's thread the variable does not reach the libraries; nor where other code has loaded them before. */
async function checkFullPrecision(backend: Backend): Promise<void> {
  const rounded = await roundedProduct(backend);
  if (rounded === undefined) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `NVIDIA's libraries round what they multiply (${rounded.op})`,
    expected: String(rounded.expected),
    received: rounded.received,
    hint: `Start the process with ${VARIABLE}=0, or ask for arithmetic: "tf32"`,
  });
}
