import { IsoconvError, type BackendOptions, type CudaArithmetic } from "@isoconv/core-spec";
import type { OptimizationLevel } from "./ort.js";

export interface OnnxOptions extends BackendOptions {
  /** Threads an operation is spread over; all cores by default. On a GPU there is one, whatever is asked. */
  readonly threads?: number | undefined;
  /** ONNX Runtime's level of graph optimisation: `all` by default. */
  readonly graphOptimizationLevel?: OptimizationLevel | undefined;
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

const ARITHMETICS: readonly CudaArithmetic[] = ["f32", "tf32"];
const LEVELS: readonly OptimizationLevel[] = ["disabled", "basic", "extended", "all"];
const MOST_THREADS = 1024;

/** @throws IsoconvError `INVALID_ATTRIBUTE` */
export function checkOptions(options: OnnxOptions): void {
  if (!isObject(options)) throw refusal("options", "an object", options);
  const { threads, graphOptimizationLevel: level } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw refusal("options.threads", `an integer in [1, ${MOST_THREADS}]`, threads);
  }
  if (level !== undefined && !LEVELS.includes(level)) {
    throw refusal("options.graphOptimizationLevel", LEVELS.join(", "), level);
  }
}

/** @throws IsoconvError `INVALID_ATTRIBUTE` */
export function checkCudaOptions(options: CudaOptions): void {
  checkOptions(options);
  const { deviceId, arithmetic } = options;
  if (deviceId !== undefined && !(Number.isInteger(deviceId) && deviceId >= 0)) {
    throw refusal("options.deviceId", "an integer ≥ 0", deviceId);
  }
  if (arithmetic !== undefined && !ARITHMETICS.includes(arithmetic)) {
    throw refusal("options.arithmetic", ARITHMETICS.join(", "), arithmetic);
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refusal(path: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_ATTRIBUTE", { path, what: "option out of its domain", expected, received });
}
