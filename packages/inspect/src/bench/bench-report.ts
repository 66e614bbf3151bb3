import type { Capabilities } from "@isoconv/core-spec";
import type { MachineInfo } from "@isoconv/conformance";

/** A median with the 95 % interval a bootstrap gives it. */
export interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** How a subject's steady runs on one backend compare with the baseline's, measured in the same rounds. */
export interface SpeedRatio {
  /** The backend compared with. */
  readonly baseline: string;
  /** `baseline time / own time`, paired round by round: above 1 is faster than the baseline. */
  readonly ratio: Interval;
  /** Whether the interval leaves out 1; if not, there is no significant difference. */
  readonly significant: boolean;
}

/** One subject on one backend. Milliseconds. */
export interface Measured {
  readonly status: "measured";
  /** In the first session. */
  readonly compile: number;
  /** The first session's first run, with whatever a runtime puts off until then. */
  readonly firstRun: number;
  /** Later runs, feeds in and results out. */
  readonly steady: Interval;
  /** Against the baseline; absent for the baseline itself, and where the baseline has no number. */
  readonly speed?: SpeedRatio;
  /** Multiply-adds a nanosecond, from the subject's cost; absent when it has none. */
  readonly gmacPerSecond?: number;
  /** Operands read and results written, from the subject's cost. */
  readonly gigabytesPerSecond: number;
}

/** A result that is wrong gets no number. */
export interface NotMeasured {
  readonly status: "incorrect" | "unsupported" | "failed";
  readonly reason: string;
}

export interface BenchRow {
  /** An operation's case or a network, such as `conv2d 3×3 64→64 at 56×56` or `lenet`. */
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
  /** The GPU's name, where it is told: a software GPU is no GPU. */
  readonly adapter?: Capabilities["adapter"];
  readonly threads: number;
  /** Making the backend itself: loading and starting its runtime. */
  readonly create: number;
}

/** A backend that cannot run here. */
export interface AbsentBackend {
  readonly id: string;
  readonly reason: string;
}

/**
 * What `isoconv bench` measured, end to end: results in host memory from feeds in host memory. How fast a backend is
 * while tensors stay on its device is not measured, since `Executable.run` takes and returns host arrays only.
 */
export interface BenchReport {
  readonly format: "isoconv-bench-report";
  readonly version: 1;
  readonly machine: MachineInfo;
  /** Of all sessions together. */
  readonly rounds: number;
  /** How often everything was compiled anew. */
  readonly sessions: number;
  readonly seed: number;
  /** The backend the others' speeds are compared with. */
  readonly baseline: string;
  readonly backends: readonly BenchedBackend[];
  readonly unavailable: readonly AbsentBackend[];
  readonly rows: readonly BenchRow[];
}
