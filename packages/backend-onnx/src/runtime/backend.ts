import {
  manageBackend,
  opSupport,
  type Backend,
  type Capabilities,
  type Network,
  type Program,
} from "@isoconv/core-spec";
import { loweringTable, type OnnxTable } from "@isoconv/onnx";
import { loadPerBatch } from "./batches.js";
import type { Exclusive } from "./exclusive.js";
import type { OptimizationLevel } from "./options.js";
import type { Ort } from "./ort.js";
import { loadProgram } from "./program.js";
import type { Provider } from "./provider.js";

/** The arithmetic of a provider, and what its start has shown. */
export type Traits = Pick<
  Capabilities,
  "device" | "adapter" | "notes" | "arithmetic" | "convAlgorithm" | "nonFinite" | "subnormals" | "limits"
>;

/** A runtime, loaded and set up. */
export interface Engine {
  readonly id: string;
  readonly ort: Ort;
  readonly runtime: { readonly name: string; readonly version: string };
  /** Called for every compilation, so that a lost device can be replaced. */
  readonly provider: () => Promise<Provider>;
  readonly traits: Traits;
  /** How operations are emitted for this provider; the common table if absent. */
  readonly table?: OnnxTable;
  readonly threads: number;
  readonly graphOptimizationLevel: OptimizationLevel;
  /** How to save memory for large matrices: see `loadProgram`. `kept` if they are copied to a device's memory. */
  readonly largeMatrices: "fed" | "unpacked" | "kept";
  /** Whether a session has one batch size, because the provider knows all shapes before it runs. */
  readonly isPerBatch?: boolean;
  /** Entries of the session's configuration beyond those every session gets. */
  readonly sessionConfig?: Readonly<Record<string, string>>;
  /** Frees the resources of the backend as a whole. */
  readonly dispose?: () => Promise<void>;
  /** Serialises calls into the runtime, across backends. */
  readonly exclusive: Exclusive;
}

/** The traits of the native and the WebAssembly kernels for the CPU. */
export const cpuTraits: Traits = {
  device: "cpu",
  arithmetic: "f32",
  convAlgorithm: "direct",
  // MaxPool compares with SIMD instructions that may drop a NaN, depending on its position in the window.
  nonFinite: "indeterminate",
  subnormals: "kept",
};

/** A backend that compiles each graph to one ONNX Runtime session. */
export function onnxBackend(engine: Engine): Backend {
  const sessions = new Map<object, number>();
  const load = (network: Network): Promise<Program> => loadProgram(engine, network, sessions);
  return manageBackend({
    id: engine.id,
    capabilities: {
      runtime: engine.runtime,
      threads: engine.threads,
      ...engine.traits,
      ops: opSupport(engine.table ?? loweringTable),
    },
    load: (network) => (engine.isPerBatch === true ? loadPerBatch(network, load) : load(network)),
    ...(engine.dispose === undefined ? {} : { dispose: engine.dispose }),
    memory: () => ({
      buffers: sessions.size,
      bytes: [...sessions.values()].reduce((total, bytes) => total + bytes, 0),
    }),
  });
}
