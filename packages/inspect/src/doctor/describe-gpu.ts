/** The part of WebGPU's `GPU` used here: a browser's `navigator.gpu`, or Dawn's in Node. */
export interface GpuLike {
  requestAdapter(): Promise<AdapterLike | null>;
}

interface AdapterLike {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly limits: object;
  readonly features: Iterable<string>;
}

/** The adapter that WebGPU would use, or why there is none. */
export type GpuFinding =
  | {
      readonly available: true;
      readonly vendor: string;
      readonly architecture: string;
      readonly device: string;
      readonly description: string;
      /** Whether the adapter declares that it is software, not hardware. */
      readonly isFallback: boolean;
      /** For example `shader-f16`. */
      readonly features: readonly string[];
      /** The limits that a device could have, by WebGPU's own names. */
      readonly limits: Readonly<Record<string, number>>;
    }
  | { readonly available: false; readonly reason: string };

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Whether a GPU's own description names a software renderer. */
export function isSoftware(description: string): boolean {
  return SOFTWARE.test(description);
}

/** Requests WebGPU's default adapter. */
export async function describeGpu(gpu: GpuLike): Promise<GpuFinding> {
  try {
    const adapter = await gpu.requestAdapter();
    if (adapter === null) {
      return { available: false, reason: "WebGPU finds no adapter: there is no GPU, or no driver that it accepts" };
    }
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    return {
      available: true,
      vendor,
      architecture,
      device,
      description,
      isFallback: isFallbackAdapter === true || isSoftware(`${architecture} ${device} ${description}`),
      features: [...adapter.features].toSorted(),
      limits: numbersOf(adapter.limits),
    };
  } catch (error) {
    return {
      available: false,
      reason: `asking for an adapter failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Limits are getters of the prototype, which `Object.entries` does not list. */
function numbersOf(limits: object): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const name in limits) {
    const value: unknown = Reflect.get(limits, name);
    if (typeof value === "number") numbers[name] = value;
  }
  return numbers;
}
