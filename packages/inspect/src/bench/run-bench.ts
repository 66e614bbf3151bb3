import {
  checkAborted,
  checkOptions,
  graphCost,
  IsoconvError,
  optionChecks,
  type Clock,
  type KnownOptions,
} from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import type { BenchReport, BenchRow, Measured, NotMeasured } from "./bench-report.js";
import type { MachineInfo } from "@isoconv/conformance";
import { bootstrapMedian } from "./bootstrap.js";
import type { EnterContext, Entrant } from "./entrant.js";
import { createRunners, type BackendSource, type Runner, type Runners } from "./runners.js";
import { runSession, type SessionOutcome } from "./session.js";
import { speedRatio, type RoundTimes } from "./speed-ratio.js";
import { batchSizeOf, type Subject } from "./subject.js";

const SESSIONS = 5;

export interface BenchOptions {
  readonly subjects: readonly Subject[];
  /** Ids are distinct. */
  readonly backends: readonly BackendSource[];
  /** The id of the baseline; by default the first backend that can run. */
  readonly baseline?: string | undefined;
  /** Timing rounds of each subject, at least as many as sessions; rounded up so that all sessions have equally many. */
  readonly rounds: number;
  /**
   * How often each subject is compiled again on all backends. A session of a runtime may have good or bad luck with its
   * threads and memory as long as it exists, and the rounds of a single session would report that as a difference
   * between backends.
   */
  readonly sessions?: number | undefined;
  /** The seed of the bootstrap's draws: an integer in [0, 2³²). */
  readonly seed: number;
  readonly machine: MachineInfo;
  /** Called with every row once its subject is done. */
  readonly onResult?: ((row: BenchRow) => void) | undefined;
  /** Called with every session of a subject once it is over. */
  readonly onSession?: ((done: number, sessions: number) => void) | undefined;
  /** Called with a description of the next step. */
  readonly onStep?: ((label: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A clock in milliseconds; `performance.now` unless a test replaces it. */
  readonly now?: Clock | undefined;
}

const OPTIONS: KnownOptions<BenchOptions> = {
  known: {
    subjects: optionChecks.list,
    backends: optionChecks.list,
    baseline: optionChecks.text,
    rounds: optionChecks.count,
    sessions: optionChecks.count,
    seed: optionChecks.seed,
    machine: true,
    onResult: optionChecks.function,
    onSession: optionChecks.function,
    onStep: optionChecks.function,
    signal: optionChecks.signal,
    now: optionChecks.function,
  },
};

/**
 * Times every subject on every backend. All backends exist from the beginning to the end. In each of several sessions a
 * subject is compiled on all of them, its first results are compared with the oracle's, the right ones are timed in
 * paired rounds and then checked once more.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option, for a baseline that is not among the backends or for repeated ids,
 *   `BACKEND_UNAVAILABLE` when no backend can run here or the baseline cannot, `ABORTED`; whatever `create` throws
 */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  checkOptions(options, OPTIONS, { op: "runBench" });
  const { subjects, backends, seed, machine, onResult, onStep, signal, now = () => performance.now() } = options;
  const sessions = options.sessions ?? SESSIONS;
  const roundsPerSession = Math.max(1, Math.ceil(options.rounds / sessions));
  checkIds(backends, options.baseline);
  onStep?.("starting the backends");
  const created = await createRunners(backends, now);
  try {
    const { runners, unavailable } = created;
    const baseline = chooseBaseline(options.baseline, created);
    const rows: BenchRow[] = [];
    for (const subject of subjects) {
      onStep?.(`timing ${subject.name}`);
      const timing = { baseline, sessions, roundsPerSession, seed, onSession: options.onSession };
      const measured = await benchSubject(subject, runners, timing, { memo: new Memo(), now, signal });
      for (const row of measured) onResult?.(row);
      rows.push(...measured);
    }
    return {
      format: "isoconv-bench-report",
      version: 1,
      machine,
      rounds: sessions * roundsPerSession,
      sessions,
      seed,
      baseline,
      backends: runners.map(({ benched }) => benched),
      unavailable,
      rows,
    };
  } finally {
    await created.dispose();
  }
}

interface Timing {
  readonly baseline: string;
  readonly sessions: number;
  readonly roundsPerSession: number;
  readonly seed: number;
  readonly onSession: BenchOptions["onSession"];
}

/** The results of one backend in all sessions. */
interface TimedRuns extends RoundTimes {
  readonly status: "timed";
  /** Of the first session. */
  readonly entrant: Entrant;
}

async function benchSubject(
  subject: Subject,
  runners: readonly Runner[],
  timing: Timing,
  context: EnterContext,
): Promise<readonly BenchRow[]> {
  const runs = new Map<string, TimedRuns | NotMeasured>();
  for (let session = 0; session < timing.sessions; session += 1) {
    checkAborted(context.signal);
    // A backend that was wrong in any session gets no number.
    const still = runners.filter(({ id }) => (runs.get(id)?.status ?? "timed") === "timed");
    const before = session * timing.roundsPerSession;
    const outcomes = await runSession(subject, still, { before, rounds: timing.roundsPerSession }, context);
    for (const [id, outcome] of outcomes) runs.set(id, append(runs.get(id), outcome));
    timing.onSession?.(session + 1, timing.sessions);
  }
  const baseline = runs.get(timing.baseline);
  return [...runs].map(([backend, own]) => ({
    subject: subject.name,
    kind: subject.kind,
    batch: batchSizeOf(subject),
    backend,
    result: own.status === "timed" ? measuredOf(subject, own, baseline, timing) : own,
  }));
}

function append(known: TimedRuns | NotMeasured | undefined, next: SessionOutcome): TimedRuns | NotMeasured {
  if (next.status !== "session") return next;
  const { backend, entrant, times } = next;
  return known?.status === "timed"
    ? { ...known, times: [...known.times, times] }
    : { status: "timed", backend, entrant, times: [times] };
}

function measuredOf(
  subject: Subject,
  { backend, times, entrant }: TimedRuns,
  baseline: TimedRuns | NotMeasured | undefined,
  { seed }: Timing,
): Measured {
  const steady = bootstrapMedian(times, { seed, name: `${subject.name}/${backend}` });
  const { macs, bytesRead, bytesWritten } = graphCost(entrant.network.graph, batchSizeOf(subject));
  const nanoseconds = steady.median * 1e6;
  const draws = { seed, name: `${subject.name}/${backend}/speed` };
  return {
    status: "measured",
    compile: entrant.compile,
    firstRun: entrant.firstRun,
    steady,
    ...(baseline?.status === "timed" && baseline.backend !== backend
      ? { speed: speedRatio({ backend, times }, baseline, draws) }
      : {}),
    ...(macs > 0 ? { gmacPerSecond: macs / nanoseconds } : {}),
    gigabytesPerSecond: (bytesRead + bytesWritten) / nanoseconds,
  };
}

function checkIds(backends: readonly BackendSource[], baseline: string | undefined): void {
  const ids = backends.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: "backends",
      what: "two backends of one id",
      expected: "distinct ids",
      received: repeated,
    });
  }
  if (baseline !== undefined && !ids.includes(baseline)) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      path: "baseline",
      what: "not among the backends",
      expected: ids.join(", "),
      received: baseline,
    });
  }
}

/** The backend with which all others are compared. */
function chooseBaseline(wanted: string | undefined, { runners, unavailable }: Runners): string {
  const absent = unavailable.find(({ id }) => id === wanted);
  if (absent !== undefined) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", { path: "baseline", what: `${absent.id}: ${absent.reason}` });
  }
  return wanted ?? runners[0].id;
}
