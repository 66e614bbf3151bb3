import type { OpName } from "../registry.js";
import type { Unsupported } from "./table.js";

/** Precision of the arithmetic, from exact float32 to half precision throughout. */
export type ArithmeticClass = "f32" | "tf32" | "f16-storage" | "f16";

/** How a backend carries out one operation. */
export type OpSupport = "native" | "decomposed" | Unsupported;

/** What one array of a device may be at most. */
export interface DeviceLimits {
  /** In bytes, for inputs, parameters and the result of every node. */
  readonly arrayBytes: number;
}

/** What a backend is and can do, as frozen data. */
export interface Capabilities {
  readonly runtime: { readonly name: string; readonly version: string };
  readonly device: "cpu" | "gpu";
  /** The GPU as its driver names it, where the runtime tells. */
  readonly adapter?: string | undefined;
  readonly threads: number;
  readonly arithmetic: ArithmeticClass;
  /** `fast` admits Winograd and FFT, whose error is bounded otherwise. */
  readonly convAlgorithm: "direct" | "fast";
  /** Whether NaN and ∞ behave as the registry says. */
  readonly nonFinite: "ieee" | "indeterminate";
  readonly subnormals: "kept" | "flushed";
  /** Left out where nothing but the memory sets limits. */
  readonly limits?: DeviceLimits;
  readonly ops: Readonly<Record<OpName, OpSupport>>;
}
