import { checkOptions, IsoconvError, loadPeer, type Backend, type Peer } from "@isoconv/core-spec";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import { tfjsBackend } from "../backend.js";
import { kernelRuntime, type Watch } from "../runtime.js";
import { WASM_OPTIONS, type WasmBackendOptions } from "./options.js";
import { startBackend, tfjsPeer, VERSION, type Tfjs } from "../library/tfjs.js";
import { aliasRow, refuseFailedAllocations } from "./wasm-memory.js";
import { keepProcessListeners } from "./wasm-process.js";
import { Refusals } from "./wasm-refusals.js";
import { completeWorkerScript } from "./wasm-worker-script.js";

type TfjsWasm = typeof import("@tensorflow/tfjs-backend-wasm");

/** The parts of the backend; tests replace them. */
export interface WasmPeers {
  readonly core: Peer<Tfjs>;
  readonly wasm: Peer<TfjsWasm>;
}

export const wasmPeers: WasmPeers = {
  core: tfjsPeer,
  wasm: {
    name: "@tensorflow/tfjs-backend-wasm",
    version: VERSION,
    load: () => import("@tensorflow/tfjs-backend-wasm"),
    versionOf: (module) => module.version_wasm,
  },
};

/** @throws IsoconvError `BACKEND_UNAVAILABLE` */
export async function loadWasm({ core, wasm }: WasmPeers): Promise<readonly [Tfjs, TfjsWasm]> {
  if (!("WebAssembly" in globalThis)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "this JavaScript engine has no WebAssembly",
      hint: "Use @isoconv/backend-tfjs/cpu",
    });
  }
  return [await loadPeer(core, [wasm]), await loadPeer(wasm)];
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function createWasmBackend(peers: WasmPeers, options: WasmBackendOptions): Promise<Backend> {
  checkOptions(options, WASM_OPTIONS, { op: "createBackend" });
  const [tf, wasm] = await loadWasm(peers);
  const backend = await start(tf, wasm, options);
  return tfjsBackend({
    id: "tfjs-wasm",
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "cpu",
      threads: backend.wasm.tfjs.getThreadsCount(),
      arithmetic: "f32",
      convAlgorithm: "direct",
      // XNNPACK clamps the result of every convolution and pool, and clamping drops NaN.
      nonFinite: "indeterminate",
      subnormals: "kept",
    },
    runtime: kernelRuntime({
      backend,
      kernel: (name) => tf.getKernel(name, "wasm"),
      isRunning: () => tf.engine().registry["wasm"] === backend,
      watch: watcherOf(backend),
      aliasRow: (matrix, row) => aliasRow(backend, matrix, row),
      traits: {
        aliasesHostMemory: false,
        dilatedDepthwiseStrides: true,
        affineBatchNorm: true,
        maxPoolDropsNaN: false,
        reluPassesSubnormals: false,
        lrnSpreadsNaN: false,
      },
    }),
  });
}

const starts = new WeakMap<Tfjs, Promise<BackendWasm>>();

/** Refusals of the runtimes started here; a runtime started by the program prints them to the console. */
const refusalsOf = new WeakMap<KernelBackend, Refusals>();

/** Concurrent calls share one start; a failed start can be retried. */
function start(tf: Tfjs, wasm: TfjsWasm, options: WasmBackendOptions): Promise<BackendWasm> {
  const starting = starts.get(tf);
  if (starting !== undefined) return starting;
  const started = startOnce(tf, wasm, options).finally(() => starts.delete(tf));
  starts.set(tf, started);
  return started;
}

async function startOnce(tf: Tfjs, wasm: TfjsWasm, { wasmPaths, threads }: WasmBackendOptions): Promise<BackendWasm> {
  const refusals = new Refusals();
  const backend = await startBackend(tf, "wasm", async (factory) => {
    try {
      if (wasmPaths !== undefined) wasm.setWasmPaths(wasmPaths);
      if (threads !== undefined) wasm.setThreadsCount(threads);
      const created = await keepProcessListeners(() =>
        completeWorkerScript(() => refusals.attach(async () => factory())),
      );
      refusalsOf.set(created, refusals);
      return created;
    } catch (cause) {
      throw new IsoconvError("BACKEND_UNAVAILABLE", {
        what: "TensorFlow.js's WebAssembly runtime did not start",
        hint: "In a browser, serve the package's .wasm files and name their folder as wasmPaths",
        cause,
      });
    }
  });
  if (!isBackendWasm(backend)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "the TensorFlow.js backend named wasm is not that of @tensorflow/tfjs-backend-wasm",
    });
  }
  refuseFailedAllocations(backend.wasm);
  return backend;
}

function watcherOf(backend: BackendWasm): Watch | undefined {
  const refusals = refusalsOf.get(backend);
  return refusals === undefined ? undefined : (kernel) => refusals.watch(kernel);
}

/** Recognised by its shape: copies of the package share one registry, so the class may belong to another copy. */
function isBackendWasm(backend: KernelBackend): backend is BackendWasm {
  return "wasm" in backend && "dataIdMap" in backend && "makeOutput" in backend;
}
