import { IsoconvError } from "@isoconv/core-spec";

const FILTERS = ["validation", "out-of-memory", "internal"] as const;

/** The device's message about a buffer beyond its limits. */
const TOO_LARGE = /max buffer size|maxBufferSize|binding size|too large/i;

/**
 * The errors of a device. WebGPU reports errors asynchronously and continues with zeros; this collects the errors of
 * all work since the last call.
 */
export class DeviceErrors {
  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#watch();
  }

  /** Resolves with the first error since the last call, after all work requested since then has been checked. */
  async next(): Promise<IsoconvError | undefined> {
    const popped = FILTERS.map(() => this.#device.popErrorScope());
    this.#watch();
    const errors = await Promise.all(popped);
    const error = errors.find((found) => found !== null);
    return error === undefined || error === null ? undefined : withCode(error);
  }

  #watch(): void {
    for (const filter of FILTERS) this.#device.pushErrorScope(filter);
  }
}

function withCode(error: GPUError): IsoconvError {
  const full = error instanceof GPUOutOfMemoryError || TOO_LARGE.test(error.message);
  return new IsoconvError(full ? "OUT_OF_MEMORY" : "EXECUTION_FAILED", {
    what: `WebGPU: ${error.message.split("\n")[0].replace(/\.$/, "")}`,
    hint: full ? "Use a smaller batch or input, or dispose executables no longer used" : "WebGPU's error is the cause",
    cause: error,
  });
}
