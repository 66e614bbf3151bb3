import { checkOptions, IsoconvError, loadPeer, peerUnavailable, type Backend } from "@isoconv/core-spec";
import { cpuTraits, onnxBackend } from "../runtime/backend.js";
import { exclusive } from "../runtime/exclusive.js";
import { availableCores, hasSharedMemory, hasWebAssembly } from "../runtime/host.js";
import { ONNX_OPTIONS, type OnnxOptions } from "../runtime/options.js";
import type { LoadOrt, Ort } from "../runtime/ort.js";
import { webPeer } from "../runtime/peers.js";
import { lasting } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";

/**
 * This package's `imports` map selects the build: `onnxruntime-web` under Node, where the other build cannot start
 * threads, and `onnxruntime-web/wasm`, half the size, elsewhere. A bundler resolves the map and includes only one.
 */
const importWeb: LoadOrt = () => import("#onnxruntime-web");

/** The process's only WebAssembly module keeps its call stack across awaits, so calls must not overlap. */
const oneAtATime = exclusive();

/** Loads the JavaScript side of the runtime; the WebAssembly module is loaded with the first session. */
export async function loadWasm(load: LoadOrt = importWeb): ReturnType<LoadOrt> {
  const ort = await loadPeer({ ...webPeer, load });
  if (!hasWebAssembly()) throw peerUnavailable(webPeer, new Error("this host has no WebAssembly"));
  return ort;
}

export async function openWasm(options: OnnxOptions, load?: LoadOrt): Promise<Backend> {
  checkOptions(options, ONNX_OPTIONS, { op: "createBackend" });
  const ort = await loadWasm(load);
  setThreads(ort, options.threads);
  await oneAtATime(() => start(ort));
  return onnxBackend({
    id: "onnx-wasm",
    ort,
    runtime: { name: webPeer.name, version: ort.env.versions.web ?? ort.env.versions.common },
    provider: lasting("wasm"),
    traits: cpuTraits,
    // The runtime reduces the number where it cannot start threads.
    threads: ort.env.wasm.numThreads ?? 1,
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "unpacked",
    exclusive: oneAtATime,
  });
}

/** The module reads the number once, when it starts; afterwards the field only reports it. */
function setThreads({ env }: Ort, threads: number | undefined): void {
  const settled = env.wasm.numThreads;
  if (settled === undefined || settled < 1) {
    env.wasm.numThreads = hasSharedMemory() ? (threads ?? availableCores()) : 1;
    return;
  }
  if (threads === undefined || threads === settled || !hasSharedMemory()) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    path: "options.threads",
    what: "onnxruntime-web runs with another number of threads in this process",
    expected: `${settled}`,
    received: threads,
    hint: "Create every onnx-wasm backend of a process with the same number, or this one in a worker",
  });
}

/** Starts the WebAssembly module, so that a host where it does not start fails now. */
async function start(ort: Ort): Promise<void> {
  try {
    await (await startSession(ort, "wasm")).release();
  } catch (cause) {
    throw peerUnavailable(webPeer, cause);
  }
}
