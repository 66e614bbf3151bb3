import {
  isIsoconvError,
  checkAborted,
  type Backend,
  type Clock,
  type Executable,
  type Results,
} from "@isoconv/core-spec";
import type { FilledNetwork, Memo } from "@isoconv/judge";
import type { NotMeasured } from "./bench-report.js";
import { complaintOf } from "./check-results.js";
import { networkOf, type Subject } from "./subject.js";

/** A compiled subject whose first result was right. The caller must dispose it. */
export interface Entrant {
  readonly status: "entered";
  readonly executable: Executable;
  readonly network: FilledNetwork;
  /** Milliseconds. */
  readonly compile: number;
  readonly firstRun: number;
}

export interface EnterContext {
  readonly memo: Memo;
  readonly now: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Compiles a subject on a backend, runs it once and compares the result with the oracle's. */
export async function enter(
  subject: Subject,
  backend: Backend,
  { memo, now, signal }: EnterContext,
): Promise<Entrant | NotMeasured> {
  const { capabilities } = backend;
  const isHalf = capabilities.arithmetic === "f16" || capabilities.arithmetic === "f16-storage";
  const network = await memo.recall(`${subject.name}|network|${isHalf}`, async () =>
    networkOf(subject, capabilities.arithmetic),
  );
  let executable: Executable | undefined;
  try {
    const start = now();
    executable = await backend.compile(network.graph, network.parameters);
    const compiled = now();
    const results = await executable.run(network.feeds, { signal });
    const done = now();
    const complaint = await complaintOf(subject, network, results, capabilities, memo);
    if (complaint === undefined) {
      return { status: "entered", executable, network, compile: compiled - start, firstRun: done - compiled };
    }
    await executable.dispose();
    return { status: "incorrect", reason: complaint };
  } catch (error) {
    await executable?.dispose();
    checkAborted(signal);
    return refusal(error);
  }
}

/** Checks the results after the rounds: a backend must not be fast because it returns old or half-finished results. */
export async function recheck(
  subject: Subject,
  { executable, network }: Entrant,
  backend: Backend,
  { memo, signal }: EnterContext,
): Promise<NotMeasured | undefined> {
  try {
    const results: Results = await executable.run(network.feeds, { signal });
    const complaint = await complaintOf(subject, network, results, backend.capabilities, memo);
    return complaint === undefined ? undefined : { status: "incorrect", reason: `after the rounds, ${complaint}` };
  } catch (error) {
    checkAborted(signal);
    return refusal(error);
  }
}

/** The reason why there is no number. */
export function refusal(error: unknown): NotMeasured {
  return {
    status: isIsoconvError(error, "UNSUPPORTED") ? "unsupported" : "failed",
    reason: error instanceof Error ? error.message : String(error),
  };
}
