import {
  checkFullPrecision,
  checkOptions,
  isIsoconvError,
  messageOf,
  nativeNotes,
  prepareTf32,
  settleTf32,
  startWithin,
  type Backend,
  type CudaArithmetic,
} from "@isoconv/core-spec";
import { onnxBackend, type Traits } from "../runtime/backend.js";
import { checkCudaLibrary, packageFolder, unavailable } from "./cuda-library.js";
import { unrestricted } from "../runtime/exclusive.js";
import { loadNode } from "../node/open-node.js";
import { CUDA_OPTIONS, type CudaOptions } from "../runtime/options.js";
import type { LoadOrt, Ort } from "../runtime/ort.js";
import { nodePeer } from "../runtime/peers.js";
import { lasting, WITHOUT_CPU } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";

/** Traits assumed without a GPU; none of them is verified on hardware. */
function traitsOf(arithmetic: CudaArithmetic): Traits {
  return {
    device: "gpu",
    arithmetic,
    // The provider lets cuDNN choose, and cuDNN may choose Winograd; the binding for Node has no option to prevent
    // that.
    convAlgorithm: "fast",
    nonFinite: "indeterminate",
    subnormals: "kept",
    notes: nativeNotes(),
  };
}

/** Loads the runtime and checks for the provider and the libraries it needs. */
export async function loadCuda(load?: LoadOrt, folder?: string, options: CudaOptions = {}): Promise<Ort> {
  const ort = await loadNode(load, options);
  await checkCudaLibrary(folder ?? packageFolder());
  return ort;
}

export async function openCuda(options: CudaOptions, load?: LoadOrt, folder?: string): Promise<Backend> {
  checkOptions(options, CUDA_OPTIONS, { op: "createBackend" });
  const { arithmetic = "f32", deviceId = 0, graphOptimizationLevel = "all" } = options;
  const ort = await loadCuda(load, folder, options);
  prepareTf32(arithmetic, process.env);
  const provider = { name: "cuda", deviceId } as const;
  await starting(options, async () => (await startSession(ort, provider)).release());
  settleTf32(arithmetic);
  const backend = onnxBackend({
    id: "onnx-cuda",
    ort,
    runtime: { name: nodePeer.name, version: ort.env.versions.node ?? ort.env.versions.common },
    provider: lasting(provider),
    traits: traitsOf(arithmetic),
    threads: 1,
    graphOptimizationLevel,
    largeMatrices: "kept",
    sessionConfig: WITHOUT_CPU,
    exclusive: unrestricted,
  });
  if (arithmetic === "tf32") return backend;
  try {
    await starting(options, () => checkFullPrecision(backend));
    return backend;
  } catch (error) {
    // Not awaited, because what hangs does not end; the caller needs the first error.
    backend.dispose().catch(() => {});
    throw error;
  }
}

const NEEDS =
  "nvidia-smi must list the GPU and a driver for CUDA 12, and cuDNN 9 must be in the loader's folders or in LD_LIBRARY_PATH";

/** A failure before the caller's first graph is caused by the installation. */
async function starting(options: CudaOptions, work: () => Promise<void>): Promise<void> {
  try {
    await startWithin(options, { what: "CUDA", hint: NEEDS }, work);
  } catch (cause) {
    if (isIsoconvError(cause, "BACKEND_UNAVAILABLE")) throw cause;
    throw unavailable(`CUDA does not start: ${messageOf(cause)}`, NEEDS, cause);
  }
}
