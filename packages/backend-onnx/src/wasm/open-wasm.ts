import { importWeb } from "#import-web";
import { checkOptions, checkWebAssembly, IsoconvError, loadPeer, startWithin, type Backend } from "@isoconv/core-spec";
import { cpuTraits, onnxBackend } from "../runtime/backend.js";
import { exclusive } from "../runtime/exclusive.js";
import { availableCores, canHaveThreads } from "../runtime/host.js";
import { ONNX_WEB_OPTIONS, type OnnxWebOptions } from "../runtime/options.js";
import type { LoadOrt, Ort } from "../runtime/ort.js";
import { webPeer } from "../runtime/peers.js";
import { lasting } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";
import { hasLostThreads, startWeb } from "../runtime/start-web.js";

/** The process's only WebAssembly module keeps its call stack across awaits, so calls must not overlap. */
const oneAtATime = exclusive();

/** Loads the JavaScript side of the runtime; the WebAssembly module is loaded with the first session. */
export async function loadWasm(load: LoadOrt = importWeb, options: OnnxWebOptions = {}): ReturnType<LoadOrt> {
  checkWebAssembly("@isoconv/backend-tfjs/cpu needs none");
  return startWithin(options, { what: `the import of ${webPeer.name}` }, () => loadPeer({ ...webPeer, load }));
}

export async function openWasm(options: OnnxWebOptions, load?: LoadOrt): Promise<Backend> {
  checkOptions(options, ONNX_WEB_OPTIONS, { op: "createBackend" });
  const ort = await loadWasm(load, options);
  setThreads(ort, options.threads);
  const { notes } = await oneAtATime(() =>
    startWeb({ ort, file: "ort-wasm-simd-threaded.wasm", options, start: () => startAndRelease(ort) }),
  );
  return onnxBackend({
    id: "onnx-wasm",
    ort,
    runtime: { name: webPeer.name, version: ort.env.versions.web ?? ort.env.versions.common },
    provider: lasting("wasm"),
    traits: { ...cpuTraits, notes },
    // The runtime reduces the number where it cannot start threads.
    threads: ort.env.wasm.numThreads ?? 1,
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "unpacked",
    exclusive: oneAtATime,
  });
}

/** The module reads the number once, when it starts; afterwards the field only reports it. */
function setThreads(ort: Ort, threads: number | undefined): void {
  const { wasm } = ort.env;
  const settled = wasm.numThreads;
  if (settled === undefined || settled < 1) {
    wasm.numThreads = canHaveThreads() ? (threads ?? availableCores()) : 1;
    return;
  }
  if (threads === undefined || threads === settled || !canHaveThreads() || hasLostThreads(ort)) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    path: "options.threads",
    what: "onnxruntime-web runs with another number of threads in this process",
    expected: `${settled}`,
    received: threads,
    hint: "Create every onnx-wasm backend of a process with the same number, or this one in a worker",
  });
}

/** Starts the WebAssembly module, so that a host where it does not start fails now. */
async function startAndRelease(ort: Ort): Promise<void> {
  await (await startSession(ort, "wasm")).release();
}
