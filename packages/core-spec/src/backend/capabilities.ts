import type { OpName } from "../registry.js";
import type { Unsupported } from "./table.js";

/** Precision of the arithmetic, from exact float32 to half precision throughout. */
export type ArithmeticClass = "f32" | "tf32" | "f16-storage" | "f16";

/** How a backend carries out one operation. */
export type OpSupport = "native" | "decomposed" | Unsupported;

/** What a backend is and can do, as frozen data. */
export interface Capabilities {
  readonly runtime: { readonly name: string; readonly version: string };
  readonly device: "cpu" | "gpu";
  readonly threads: number;
  readonly arithmetic: ArithmeticClass;
  /** `fast` admits Winograd and FFT, whose error is bounded otherwise. */
  readonly convAlgorithm: "direct" | "fast";
  /** Whether NaN and ∞ behave as the registry says. */
  readonly nonFinite: "ieee" | "indeterminate";
  readonly subnormals: "kept" | "flushed";
  readonly ops: Readonly<Record<OpName, OpSupport>>;
}
