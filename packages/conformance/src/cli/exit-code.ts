import type { Verdict } from "../report/report.js";

/** What the exit status of `isoconv conformance` says. */
export const conformanceExitCode = {
  /** Nothing failed that was not expected to: `conformant` or `partial`. */
  conformant: 0,
  /** `nonconformant`. */
  failures: 1,
  /** `drift`: an expectation no longer holds. */
  drift: 2,
  /** There is no verdict: bad arguments, or a backend that cannot run here. */
  couldNotRun: 3,
} as const;

export type ConformanceExitCode = (typeof conformanceExitCode)[keyof typeof conformanceExitCode];

export function exitCodeFor(verdict: Verdict): ConformanceExitCode {
  if (verdict === "nonconformant") return conformanceExitCode.failures;
  return verdict === "drift" ? conformanceExitCode.drift : conformanceExitCode.conformant;
}
