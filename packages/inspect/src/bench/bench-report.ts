import type { Capabilities } from "@isoconv/core-spec";
import type { MachineInfo } from "@isoconv/conformance";

/** A median with its 95 % bootstrap interval. */
export interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The comparison of a subject's steady runs on one backend with the baseline's, measured in the same rounds. */
export interface SpeedRatio {
  /** The backend compared with. */
  readonly baseline: string;
  /** `baseline time / own time`, paired round by round; above 1 means faster than the baseline. */
  readonly ratio: Interval;
  /** Whether the interval excludes 1; if not, there is no significant difference. */
  readonly significant: boolean;
}

/** The times of one subject on one backend, in milliseconds. */
export interface Measured {
  readonly status: "measured";
  /** In the first session. */
  readonly compile: number;
  /** The first session's first run, including work that a runtime postpones until then. */
  readonly firstRun: number;
  /** Later runs, from feeds to results. */
  readonly steady: Interval;
  /** The comparison with the baseline; absent for the baseline itself, and if the baseline has no number. */
  readonly speed?: SpeedRatio;
  /** Multiply-adds per nanosecond, from the subject's cost; absent if it has none. */
  readonly gmacPerSecond?: number;
  /** Bytes of operands and results per nanosecond, from the subject's cost. */
  readonly gigabytesPerSecond: number;
}

/** A wrong result gets no number. */
export interface NotMeasured {
  readonly status: "incorrect" | "unsupported" | "failed";
  readonly reason: string;
}

export interface BenchRow {
  /** An operation's case or a network, for example `conv2d 3×3 64→64 at 56×56` or `lenet`. */
  readonly subject: string;
  readonly kind: "op" | "model";
  readonly batch: number;
  readonly backend: string;
  readonly result: Measured | NotMeasured;
}

export interface BenchedBackend {
  readonly id: string;
  readonly runtime: Capabilities["runtime"];
  readonly device: Capabilities["device"];
  /** The GPU's name, if known; it shows whether the times are those of a software GPU. */
  readonly adapter?: Capabilities["adapter"];
  readonly threads: number;
  /** Creating the backend: loading and starting its runtime. */
  readonly create: number;
}

/** A backend that cannot run here. */
export interface AbsentBackend {
  readonly id: string;
  readonly reason: string;
}

/**
 * The results of `isoconv bench`, measured end to end: from feeds in host memory to results in host memory. The speed
 * of a backend with tensors that stay on its device is not measured, because `Executable.run` takes and returns host
 * arrays only.
 */
export interface BenchReport {
  readonly format: "isoconv-bench-report";
  readonly version: 1;
  readonly machine: MachineInfo;
  /** Of all sessions together. */
  readonly rounds: number;
  /** How often everything was compiled again. */
  readonly sessions: number;
  readonly seed: number;
  /** The backend with which the others' speeds are compared. */
  readonly baseline: string;
  readonly backends: readonly BenchedBackend[];
  readonly unavailable: readonly AbsentBackend[];
  readonly rows: readonly BenchRow[];
}
