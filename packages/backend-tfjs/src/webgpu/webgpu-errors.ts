import { IsoconvError } from "@isoconv/core-spec";

const FILTERS = ["validation", "out-of-memory", "internal"] as const;

/** What the device says of a buffer beyond its limits. */
const TOO_LARGE = /max buffer size|maxBufferSize|binding size|too large/i;

/**
 * The errors of a device. WebGPU reports what goes wrong later and elsewhere, and carries on with zeros; here everything
 * done since the last look is looked at.
 */
export class DeviceErrors {
  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#watch();
  }

  /** Resolves with what went wrong since the last call, when all that was requested meanwhile is known. */
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
