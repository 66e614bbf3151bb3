import { IsoconvError } from "@isoconv/core-spec";
import type { OptimizationLevel } from "./ort.js";

export interface OnnxOptions {
  /** Threads an operation is spread over; all cores by default. */
  readonly threads?: number | undefined;
  /** How far ONNX Runtime rewrites the model: `all` by default. */
  readonly graphOptimizationLevel?: OptimizationLevel | undefined;
}

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

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refusal(path: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_ATTRIBUTE", { path, what: "option out of its domain", expected, received });
}
