import {
  checkOptions,
  checkWebAssembly,
  IsoconvError,
  loadPeer,
  messageOf,
  startWithin,
  startWasm,
  type Backend,
  type Peer,
} from "@isoconv/core-spec";
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
export async function loadWasm(
  { core, wasm }: WasmPeers,
  options: WasmBackendOptions = {},
): Promise<readonly [Tfjs, TfjsWasm]> {
  checkWebAssembly("use @isoconv/backend-tfjs/cpu");
  const load = async (): Promise<readonly [Tfjs, TfjsWasm]> => [await loadPeer(core, [wasm]), await loadPeer(wasm)];
  return startWithin(options, { what: `the import of ${wasm.name}` }, load);
}

/** @throws IsoconvError `BACKEND_UNAVAILABLE`, `INVALID_ATTRIBUTE` for the options */
export async function createWasmBackend(peers: WasmPeers, options: WasmBackendOptions): Promise<Backend> {
  checkOptions(options, WASM_OPTIONS, { op: "createBackend" });
  const [tf, wasm] = await loadWasm(peers, options);
  const backend = await start(tf, wasm, options);
  const notes = notesOf.get(backend);
  return tfjsBackend({
    id: "tfjs-wasm",
    capabilities: {
      runtime: { name: "TensorFlow.js", version: tf.version_core },
      device: "cpu",
      threads: backend.wasm.tfjs.getThreadsCount(),
      ...(notes === undefined ? {} : { notes }),
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

/** What the starts of runtimes have shown. */
const notesOf = new WeakMap<KernelBackend, readonly string[]>();

async function startOnce(tf: Tfjs, wasm: TfjsWasm, options: WasmBackendOptions): Promise<BackendWasm> {
  const refusals = new Refusals();
  const notes: string[] = [];
  // TensorFlow.js takes the number when its module has loaded.
  const lose = (reason: string): void => {
    wasm.setThreadsCount(1);
    notes.push(`one thread: ${reason}`);
  };
  const backend = await startBackend(tf, "wasm", async (factory) => {
    const create = async (): Promise<KernelBackend> => {
      setUp(wasm, options);
      return keepProcessListeners(() => completeWorkerScript(() => refusals.attach(async () => factory())));
    };
    const limits = { what: RUNTIME, options, isThread, onLost: lose, explain: notStarted };
    const { started, remarks } = await startWasm(limits, create);
    refusalsOf.set(started, refusals);
    notes.push(...remarks);
    if (notes.length > 0) notesOf.set(started, notes);
    return started;
  });
  if (!isBackendWasm(backend)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: "the TensorFlow.js backend named wasm is not that of @tensorflow/tfjs-backend-wasm",
    });
  }
  refuseFailedAllocations(backend.wasm);
  return backend;
}

const RUNTIME = "TensorFlow.js's WebAssembly runtime";

/** TensorFlow.js's workers run a script from memory. */
function isThread(url: string): boolean {
  return url.startsWith("blob:");
}

function setUp(wasm: TfjsWasm, { wasmPaths, threads }: WasmBackendOptions): void {
  if (threads !== undefined) wasm.setThreadsCount(threads);
  if (wasmPaths === undefined) return;
  try {
    wasm.setWasmPaths(wasmPaths);
  } catch (cause) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `${RUNTIME} failed to start before, and takes no other wasmPaths in this thread`,
      hint: "Reload the page, or use a new worker, with the right wasmPaths from the start",
      cause,
    });
  }
}

function notStarted(cause: unknown, problem: string | undefined): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `${RUNTIME} did not start: ${problem ?? messageOf(cause)}`,
    hint: "In a browser, serve the .wasm files of node_modules/@tensorflow/tfjs-backend-wasm/dist and name their folder as wasmPaths",
    cause,
  });
}

function watcherOf(backend: BackendWasm): Watch | undefined {
  const refusals = refusalsOf.get(backend);
  return refusals === undefined ? undefined : (kernel) => refusals.watch(kernel);
}

/** Recognised by its shape: copies of the package share one registry, so the class may belong to another copy. */
function isBackendWasm(backend: KernelBackend): backend is BackendWasm {
  return "wasm" in backend && "dataIdMap" in backend && "makeOutput" in backend;
}
