import {
  backendOptions,
  integer,
  optionChecks,
  type BackendOptions,
  type CudaArithmetic,
  type KnownOptions,
} from "@isoconv/core-spec";

/** ONNX Runtime's levels. Here and not beside its types: programs reach these declarations without having those. */
export type OptimizationLevel = "disabled" | "basic" | "extended" | "all";

export interface OnnxOptions extends BackendOptions {
  /** Threads an operation is spread over; all cores by default. On a GPU there is one, whatever is asked. */
  readonly threads?: number | undefined;
  /** ONNX Runtime's level of graph optimisation: `all` by default. */
  readonly graphOptimizationLevel?: OptimizationLevel | undefined;
}

/** The options of backends on `onnxruntime-web`. */
export interface OnnxWebOptions extends OnnxOptions {
  /**
   * The folder from which the page serves the runtime's `.wasm` file, with a slash at its end; by default the address that
   * the bundler gave it. Browsers only, and for the first backend on a build of the runtime.
   */
  readonly wasmPaths?: string | undefined;
}

export interface CudaOptions extends OnnxOptions {
  /** The GPU's number in `nvidia-smi`: 0 by default. */
  readonly deviceId?: number | undefined;
  /**
   * `f32` by default; `tf32` is faster and rounds the operands of products to 11 significant bits. A process has one of
   * the two, set by its first backend.
   */
  readonly arithmetic?: CudaArithmetic | undefined;
}

const LEVELS: readonly OptimizationLevel[] = ["disabled", "basic", "extended", "all"];
const ARITHMETICS: readonly CudaArithmetic[] = ["f32", "tf32"];

export const ONNX_OPTIONS: KnownOptions<OnnxOptions> = {
  known: { ...backendOptions.known, graphOptimizationLevel: optionChecks.oneOf(LEVELS) },
};

export const ONNX_WEB_OPTIONS: KnownOptions<OnnxWebOptions> = {
  known: { ...ONNX_OPTIONS.known, wasmPaths: optionChecks.folder },
};

export const CUDA_OPTIONS: KnownOptions<CudaOptions> = {
  known: {
    ...ONNX_OPTIONS.known,
    deviceId: integer({ min: 0 }),
    arithmetic: optionChecks.oneOf(ARITHMETICS),
  },
};
