import { IsoconvError } from "../error.js";
import { isRecord } from "../options.js";
import type { OpName } from "../registry.js";
import type { Unsupported } from "./table.js";

/** The values that each field of `Capabilities` may have, for the fields that determine bounds or reports. */
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

/** The largest array a device can hold. */
export interface DeviceLimits {
  /** In bytes, for inputs, parameters and the result of every node. */
  readonly arrayBytes: number;
}

/** The properties and abilities of a backend, as frozen data. */
export interface Capabilities {
  readonly runtime: { readonly name: string; readonly version: string };
  readonly device: Choice<"device">;
  /** The GPU's name as its driver reports it, where the runtime gives access to it. */
  readonly adapter?: string | undefined;
  readonly threads: number;
  /** What the start had to do without, such as threads, and why; what to keep in mind on this host. For readers. */
  readonly notes?: readonly string[] | undefined;
  readonly arithmetic: ArithmeticClass;
  /** `fast` allows Winograd and FFT convolutions, which have a larger error bound. */
  readonly convAlgorithm: Choice<"convAlgorithm">;
  /** Whether NaN and ∞ behave as the registry defines. */
  readonly nonFinite: Choice<"nonFinite">;
  readonly subnormals: Choice<"subnormals">;
  /** Absent where only the memory sets limits. */
  readonly limits?: DeviceLimits;
  readonly ops: Readonly<Record<OpName, OpSupport>>;
}

/**
 * Refuses capabilities with unknown values. TypeScript's types exclude them; plain JavaScript does not.
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
      what: received === undefined ? "not declared" : "declared with an unknown value",
      expected: choices.join(" or "),
      received,
    });
  }
}
