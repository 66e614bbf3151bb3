import { isIsoconvError } from "@isoconv/core-spec";
import { UsageError } from "./usage-error.js";

/** The meaning of the process's exit status; also in the package's README and in `isoconv --help`. */
export const exitCode = {
  done: 0,
  /** A backend disagreed with the oracle or failed. */
  disagreement: 1,
  /** Bad arguments, files, models or weights, or a failed download. `conformance`: an expectation no longer holds. */
  badInput: 2,
  /** A requested backend cannot run here. `conformance`: nothing could be run. */
  unavailable: 3,
  /** A defect of isoconv itself. */
  internal: 4,
} as const;

/** One of the exit statuses. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit status for an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCode.badInput;
  if (!isIsoconvError(error)) return exitCode.internal;
  if (error.code === "BACKEND_UNAVAILABLE") return exitCode.unavailable;
  return error.code === "EXECUTION_FAILED" ? exitCode.internal : exitCode.badInput;
}
