import { isFloat32Array, IsoconvError, ownFloat32Array } from "@isoconv/core-spec";
import type { KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";

/** The inputs of a kernel: arrays by name, or a list for kernels that take any number of them. */
export type KernelInputs = Readonly<Record<string, TensorInfo | undefined>> | readonly TensorInfo[];

type Attributes = Readonly<Record<string, unknown>>;

/** How the kernels of one TensorFlow.js backend differ from the operations' definitions. */
export interface Traits {
  /** Buffers may be, at least for some time, the arrays that were written, so copy on the way in and out. */
  readonly aliasesHostMemory: boolean;
  /** `FusedDepthwiseConv2D` supports strides and dilations above 1 together. */
  readonly dilatedDepthwiseStrides: boolean;
  /** Scaling and shifting by two broadcast kernels is faster than `FusedBatchNorm`. */
  readonly affineBatchNorm: boolean;
  /** `MaxPool` ignores NaN although every other kernel propagates it. */
  readonly maxPoolDropsNaN: boolean;
  /**
   * `Relu` compares x with 0 and returns x itself: a negative subnormal passes if the comparison treats it as zero.
   * `ClipByValue` does not let it pass.
   */
  readonly reluPassesSubnormals: boolean;
  /** `LRN` multiplies by a matrix of zeros and ones, so non-finite elements reach every channel. */
  readonly lrnSpreadsNaN: boolean;
}

/** The part of a TensorFlow.js backend that the device uses. */
export interface Runtime {
  readonly traits: Traits;
  run(kernel: string, inputs: KernelInputs, attrs: Attributes): TensorInfo;
  /**
   * Copies `data` into a new buffer.
   * @throws IsoconvError `BACKEND_UNAVAILABLE` when the backend is no longer registered with TensorFlow.js
   */
  write(data: Float32Array, shape: number[]): object;
  /** Returns a copy of a buffer. */
  read(dataId: object): Promise<Float32Array>;
  /** Whether a buffer contains a NaN, or another value that `MaxPool` drops. Called only where it drops NaN. */
  hasNaN(dataId: object): boolean;
  free(dataId: object): void;
  /** A buffer over one row of a matrix, valid for kernels as long as the matrix. */
  aliasRow?(matrix: TensorInfo, row: number): object;
  /** Opens another device after a loss; arrays of the old one are lost. */
  begin?(): Promise<void>;
  /** Rejects when work requested earlier, or in progress now, failed. */
  settle?(): Promise<void>;
  close?(): Promise<void>;
}

/** Method syntax, so that TensorFlow.js's narrower parameter type (named inputs only) is accepted. */
export interface Kernel {
  kernelFunc(call: { inputs: KernelInputs; attrs?: Attributes; backend: unknown }): TensorInfo | TensorInfo[];
}

export type Watch = <T>(kernel: () => T) => readonly [result: T, refused: string | undefined];

const trust: Watch = (kernel) => [kernel(), undefined];

export interface RuntimeParts {
  readonly backend: KernelBackend;
  readonly traits: Traits;
  /** `tf.getKernel` for this backend. */
  readonly kernel: (name: string) => Kernel | undefined;
  /** Whether this backend is still registered with TensorFlow.js; any program may remove or replace it. */
  readonly isRunning: () => boolean;
  readonly aliasRow?: (matrix: TensorInfo, row: number) => object;
  /** Runs a kernel; returns its result and what the runtime refused to do although the kernel did not throw. */
  readonly watch?: Watch | undefined;
}

/**
 * Calls kernels directly, not through `tf.*` or the engine. This avoids switching the global backend, scopes of other
 * code that might dispose an array, the tape, and a second validation of what core-spec has validated.
 */
export function kernelRuntime({ backend, traits, kernel, isRunning, aliasRow, watch = trust }: RuntimeParts): Runtime {
  const { aliasesHostMemory } = traits;
  const kernels = new Map<string, Kernel>();
  const find = (name: string): Kernel => {
    const found = kernels.get(name) ?? kernel(name);
    if (found === undefined) throw new Error(`TensorFlow.js has no kernel ${name} for this backend`);
    kernels.set(name, found);
    return found;
  };
  return {
    traits,
    run(name, inputs, attrs) {
      const found = find(name);
      const [output, refused] = watch(() => only(name, found.kernelFunc({ inputs, attrs, backend })));
      if (refused === undefined) return output;
      backend.disposeData(output.dataId);
      throw new Error(`TensorFlow.js's kernel ${name} failed in ${refused}`);
    },
    write(data, shape) {
      if (!isRunning()) throw removed();
      return backend.write(aliasesHostMemory ? data.slice() : data, shape, "float32");
    },
    read: async (dataId) => {
      const data = float32Of(await backend.read(dataId));
      return aliasesHostMemory ? data.slice() : data;
    },
    hasNaN: (dataId) => containsNaN(float32Of(backend.readSync(dataId))),
    free(dataId) {
      if (isRunning()) backend.disposeData(dataId);
    },
    ...(aliasRow === undefined ? {} : { aliasRow }),
  };
}

function only(name: string, output: TensorInfo | TensorInfo[]): TensorInfo {
  if (!Array.isArray(output)) return output;
  throw new Error(`kernel ${name} returned a list`);
}

function removed(): IsoconvError {
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: "TensorFlow.js's backend was removed or replaced by other code in this program",
    hint: "Create the isoconv backend again",
  });
}

/** The elements of a buffer that was read. */
export function float32Of(values: unknown): Float32Array {
  if (isFloat32Array(values)) return ownFloat32Array(values);
  throw new Error("a buffer of the wrong dtype");
}

function containsNaN(data: Float32Array): boolean {
  for (const value of data) if (Number.isNaN(value)) return true;
  return false;
}
