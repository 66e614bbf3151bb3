import { manageBackend, opSupport, type Backend } from "@isoconv/core-spec";
import { loweringTable } from "../lowering/table.js";
import type { Exclusive } from "./exclusive.js";
import type { OptimizationLevel, Ort } from "./ort.js";
import { loadProgram } from "./program.js";

/** A runtime, loaded and set up. */
export interface Engine {
  readonly id: string;
  readonly ort: Ort;
  readonly runtime: { readonly name: string; readonly version: string };
  readonly provider: "cpu" | "wasm";
  readonly threads: number;
  readonly graphOptimizationLevel: OptimizationLevel;
  /** What spares memory where matrices are large: see `loadProgram`. */
  readonly largeMatrices: "fed" | "unpacked";
  /** Keeps calls into the runtime apart, across backends. */
  readonly exclusive: Exclusive;
}

/** A backend that compiles each graph to one ONNX Runtime session. */
export function onnxBackend(engine: Engine): Backend {
  const sessions = new Map<object, number>();
  return manageBackend({
    id: engine.id,
    capabilities: {
      runtime: engine.runtime,
      device: "cpu",
      threads: engine.threads,
      arithmetic: "f32",
      convAlgorithm: "direct",
      // MaxPool compares with SIMD instructions that may drop a NaN, depending on where in the window it lies.
      nonFinite: "indeterminate",
      subnormals: "kept",
      ops: opSupport(loweringTable),
    },
    load: (network) => loadProgram(engine, network, sessions),
    memory: () => ({
      buffers: sessions.size,
      bytes: [...sessions.values()].reduce((total, bytes) => total + bytes, 0),
    }),
  });
}
