import { IsoconvError } from "../error.js";
import { isRecord } from "../options.js";
import type { OpName } from "../registry.js";
import type { Unsupported } from "./table.js";

/** What each field of `Capabilities` that bounds or reports depend on may say. */
export const capabilityChoices = {
  device: ["cpu", "gpu"],
  arithmetic: ["f32", "tf32", "f16-storage", "f16"],
  convAlgorithm: ["direct", "fast"],
  nonFinite: ["ieee", "indeterminate"],
  subnormals: ["kept", "flushed"],
} as const;

type Choice<F extends keyof typeof capabilityChoices> = (typeof capabilityChoices)[F][number];

/** Precision of the arithmetic, from exact float32 to half precision throughout. */
export type ArithmeticClass = Choice<"arithmetic">;

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
  readonly device: Choice<"device">;
  /** The GPU as its driver names it, where the runtime tells. */
  readonly adapter?: string | undefined;
  readonly threads: number;
  readonly arithmetic: ArithmeticClass;
  /** `fast` admits Winograd and FFT, whose error is bounded otherwise. */
  readonly convAlgorithm: Choice<"convAlgorithm">;
  /** Whether NaN and ∞ behave as the registry says. */
  readonly nonFinite: Choice<"nonFinite">;
  readonly subnormals: Choice<"subnormals">;
  /** Left out where nothing but the memory sets limits. */
  readonly limits?: DeviceLimits;
  readonly ops: Readonly<Record<OpName, OpSupport>>;
}

/**
 * Refuses capabilities that say what no field may say. Types keep these away; plain JavaScript does not.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` with the field in `path` and its choices in `expected`
 */
export function checkCapabilities(capabilities: Capabilities): void {
  const declared: unknown = capabilities;
  for (const [field, choices] of Object.entries(capabilityChoices)) {
    const received = isRecord(declared) ? declared[field] : undefined;
    if (choices.some((choice) => choice === received)) continue;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: `capabilities.${field}`,
      what: received === undefined ? "not declared" : "declared as what no backend can be",
      expected: choices.join(" or "),
      received,
    });
  }
}
