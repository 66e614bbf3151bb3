import {
  availabilityOf,
  checkOptions,
  isIsoconvError,
  IsoconvError,
  messageOf,
  optionChecks,
  roundedProduct,
  startWithin,
  type Availability,
  type Backend,
  type KnownOptions,
} from "@isoconv/core-spec";
import { onnxBackend } from "../runtime/backend.js";
import { GPU_FILE, importGpuBuild, loadGpuBuild, oneAtATime } from "../runtime/gpu-build.js";
import { globalProperty } from "../runtime/host.js";
import { ONNX_WEB_OPTIONS, type OnnxWebOptions } from "../runtime/options.js";
import type { Ort } from "../runtime/ort.js";
import { webPeer } from "../runtime/peers.js";
import { WITHOUT_CPU, type Provider } from "../runtime/provider.js";
import { startSession } from "../runtime/start-session.js";
import { startWeb, type WebStarted } from "../runtime/start-web.js";
import { webgpuTable } from "../runtime/webgpu-table.js";

export type { OnnxOptions, OnnxWebOptions } from "../runtime/options.js";

/** `threads` is ignored: the browser chooses. */
export interface WebNNOptions extends OnnxWebOptions {
  /** What the browser is to compute on: `gpu` by default. NPUs compute in 16 bits, and are not offered. */
  readonly deviceType?: "cpu" | "gpu" | undefined;
}

const WEBNN_OPTIONS: KnownOptions<WebNNOptions> = {
  known: { ...ONNX_WEB_OPTIONS.known, deviceType: optionChecks.oneOf(["cpu", "gpu"]) },
};

/**
 * A backend on `onnxruntime-web`'s WebNN provider, in browsers: the operating system's kernels. Unverified on hardware.
 * WebNN's graphs have fixed shapes, so an executable has a session for each batch size that it has run.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` when the package is missing, the browser has no WebNN, refuses a context or
 *   computes in less than float32; `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export async function createBackend(options: WebNNOptions = {}): Promise<Backend> {
  checkOptions(options, WEBNN_OPTIONS, { op: "createBackend" });
  const { deviceType = "gpu", graphOptimizationLevel = "all" } = options;
  const ort = await loadGpuBuild(importGpuBuild, options);
  // The host does no arithmetic: threads would only be started to idle.
  ort.env.wasm.numThreads = 1;
  let held = await openContext(deviceType, options);
  const { notes } = await startRuntime(ort, held, options);
  const backend = onnxBackend({
    id: "onnx-webnn",
    ort,
    runtime: { name: webPeer.name, version: ort.env.versions.web ?? ort.env.versions.common },
    provider: async () => {
      if (held.provider.loss() !== undefined) held = await openContext(deviceType, options);
      return held.provider;
    },
    // What is known without hardware at hand: none of it is verified.
    traits: {
      device: deviceType,
      arithmetic: "f32",
      convAlgorithm: "fast",
      nonFinite: "indeterminate",
      subnormals: "flushed",
      notes,
    },
    table: webgpuTable,
    threads: 1,
    graphOptimizationLevel,
    largeMatrices: "kept",
    sessionConfig: WITHOUT_CPU,
    exclusive: oneAtATime,
    isPerBatch: true,
    dispose: async () => held.context.destroy?.(),
  });
  try {
    await startWithin(options, { what: "WebNN", hint: HOW_TO_ENABLE }, () => checkFullPrecision(backend));
    return backend;
  } catch (cause) {
    // Not awaited, because what hangs does not end; the caller needs the first error.
    backend.dispose().catch(() => {});
    throw notStarted(cause);
  }
}

/** Starts the module in WebAssembly, with a session on the context. */
async function startRuntime(
  ort: Ort,
  { context, provider }: HeldContext,
  options: OnnxWebOptions,
): Promise<WebStarted<void>> {
  const start = async (): Promise<void> => (await startSession(ort, provider.config)).release();
  try {
    return await oneAtATime(() => startWeb({ ort, file: GPU_FILE, options, start }));
  } catch (cause) {
    context.destroy?.();
    throw notStarted(cause);
  }
}

function notStarted(cause: unknown): IsoconvError {
  if (isIsoconvError(cause, "BACKEND_UNAVAILABLE")) return cause;
  return unavailable(`WebNN does not start: ${messageOf(cause)}`, HOW_TO_ENABLE, cause);
}

/**
 * Whether this browser has WebNN and computes with it; if not, why, and what to do. To know it a graph is run, so ask with
 * the options that the backend is to be created with.
 */
export function isAvailable(options: WebNNOptions = {}): Promise<Availability> {
  return availabilityOf(async () => (await createBackend(options)).dispose());
}

/** The parts of an `MLContext` that are used here. */
interface Context {
  readonly lost?: Promise<{ readonly message: string }>;
  destroy?(): void;
}

interface Ml {
  createContext(options: { readonly deviceType: string; readonly powerPreference: string }): Promise<Context>;
}

interface HeldContext {
  readonly context: Context;
  readonly provider: Required<Provider>;
}

async function openContext(deviceType: "cpu" | "gpu", options: OnnxWebOptions): Promise<HeldContext> {
  const ml = globalProperty("navigator", "ml");
  if (!isMl(ml)) {
    const isInsecure = globalProperty("isSecureContext") === false;
    throw unavailable("this host has no WebNN", isInsecure ? "Serve the page over HTTPS" : HOW_TO_ENABLE);
  }
  const powerPreference = "high-performance";
  try {
    const limited = { what: "WebNN", hint: HOW_TO_ENABLE, discard: (late: Context) => late.destroy?.() };
    const context = await startWithin(options, limited, () => ml.createContext({ deviceType, powerPreference }));
    let loss: Error | undefined;
    void context.lost?.then(({ message }) => (loss = new Error(`the WebNN context was lost: ${message}`)));
    const config = { name: "webnn", deviceType, powerPreference, context } as const;
    return { context, provider: { config, loss: () => loss } };
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw unavailable(
      `the browser refuses a WebNN context: ${messageOf(cause).replace(/\.$/, "")}`,
      HOW_TO_ENABLE,
      cause,
    );
  }
}

/** Some of the systems beneath WebNN compute float32 graphs in 16 bits. */
async function checkFullPrecision(backend: Backend): Promise<void> {
  const rounded = await roundedProduct(backend);
  if (rounded === undefined) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `WebNN rounds what it multiplies (${rounded.op})`,
    expected: String(rounded.expected),
    received: rounded.received,
    hint: 'Try deviceType: "cpu", or @isoconv/backend-onnx/webgpu',
  });
}

const HOW_TO_ENABLE =
  "Use Chrome or Edge on Windows, macOS or Android with chrome://flags/#web-machine-learning-neural-network on, or @isoconv/backend-onnx/webgpu or /wasm";

function isMl(value: unknown): value is Ml {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "createContext") === "function";
}

function unavailable(what: string, hint: string, cause?: unknown): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", { what, hint, ...(cause === undefined ? {} : { cause }) });
}
